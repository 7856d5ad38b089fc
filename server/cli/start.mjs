// npm start: prepares what is missing, runs the server as its child, and ends with it. Plain JavaScript on Node's own
// modules: it runs before anything is installed.
//
// `exec` in package.json makes npm the parent of this process, without a shell between them that would outlive it; what
// follows it is for Windows, whose shell knows no exec.
//
// The server stops when the channel to this process closes, so that no way to end what `npm start` shows, SIGKILL
// included, leaves a server behind that keeps the port and the data folder.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

const PARENT_POLL_MS = 500;

const parent = process.ppid;
prepare({ web: true, dev: true });

const server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  // glibc would keep arenas, one for every few threads, and what large buffers leave in them: with both, 200 MB of freed
  // pixels and tensors.
  env: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '4194304', ...process.env },
});

/** The first time, the server ends what is under way; a signal that comes later is passed on, and ends it at once. */
const stop = (signal) => (server.connected ? server.disconnect() : server.kill(signal));

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
// A killed npm says nothing. Without npm, the shell that started this may well be gone while the server is wanted.
if (process.env.npm_lifecycle_event) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop('SIGTERM');
  }, PARENT_POLL_MS);
}
server.on('error', (error) => {
  console.error(`The server could not be started: ${error.message}`);
  process.exit(1);
});
server.on('exit', (code) => process.exit(code ?? 1));
