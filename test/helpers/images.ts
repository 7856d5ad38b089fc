import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './process.ts';

/** The command with which the image of this stage of the Dockerfile starts. */
export function imageCommand(stage: string): string[] {
  const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
  const part = dockerfile.split(/^FROM /m).find((text) => new RegExp(`^\\S+ AS ${stage}\\s`).test(text));
  const command = /^CMD (.+)$/m.exec(part ?? '')?.[1];
  if (!command) throw new Error(`The Dockerfile has no command for ${stage}.`);
  const [program, ...args] = JSON.parse(command) as string[];
  // The node that runs the tests.
  return [program === 'node' ? process.execPath : program!, ...args];
}

/** The proxies that docker-compose.yml counts in front of the server. */
export function composeProxies(): string {
  const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
  return /TRUST_PROXY: \$\{TRUST_PROXY:-(\d+)\}/.exec(compose)?.[1] ?? '0';
}
