import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How a server's image starts it. */
export const SERVER = [process.execPath, '--import', 'tsx', 'server/main.ts'] as const;

const PATIENCE_MS = 240_000;

export interface Started {
  readonly child: ChildProcess;
  /** All that was printed so far. */
  output(): string;
  /** Waits until this was printed; throws with the output where the process ends before. */
  said(what: RegExp): Promise<RegExpExecArray>;
  /** Waits for the end, and returns the exit code; null after a signal. */
  ended(): Promise<number | null>;
}

/** A command of the product in a process of its own, with this data folder and without pages and demo. */
export function startProcess(
  [command, ...args]: readonly string[],
  dataDir: string,
  environment: Record<string, string> = {},
): Started {
  const child = spawn(command!, args, {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, DEMO: 'off', WEB: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    output: () => text,
    async said(what) {
      for (const started = Date.now(); Date.now() - started < PATIENCE_MS; await pause(50)) {
        const over = isOver();
        const found = what.exec(text);
        if (found) return found;
        if (over) break;
      }
      throw new Error(`${command} never said ${what}. It said:\n${text}`);
    },
    async ended() {
      if (!isOver()) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

/** Waits until this holds; throws where it never does. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const started = Date.now(); Date.now() - started < PATIENCE_MS; await pause(100)) {
    if (await holds()) return;
  }
  throw new Error(`It never came true that ${what}.`);
}

/** The process that serves this data folder, whoever started it. */
export function serverPid(dataDir: string): number {
  return JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')).pid;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
