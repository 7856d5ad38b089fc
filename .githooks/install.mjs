// Makes git use the hooks of this folder, unless it was told to use others. Does nothing outside a git checkout.
import { spawnSync } from 'node:child_process';

const git = (...words) => spawnSync('git', words, { encoding: 'utf8' });

if (git('config', '--get', 'core.hooksPath').status === 1)
  git('config', '--local', 'core.hooksPath', '.githooks');
