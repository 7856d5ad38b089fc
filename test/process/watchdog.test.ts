import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { type Started, startProcess } from '../helpers/process.ts';

const CHILD = [process.execPath, '--import', 'tsx', 'test/process/watchdog-child.ts'];

let started: Started;
afterEach(async () => {
  started.child.kill('SIGKILL');
  await started.ended();
});

it('ends a process that hangs, and neither a busy one nor one that was suspended', async () => {
  started = startProcess(CHILD, '');
  const { child } = started;
  await started.said(/Ready/);
  // Longer than the watchdog waits: blocked most of the time, then suspended.
  await pause(3000);
  child.kill('SIGSTOP');
  await pause(4000);
  child.kill('SIGCONT');
  await pause(1500);
  expect([child.exitCode, child.signalCode, started.output()]).toEqual([null, null, 'Ready.\n']);

  child.kill('SIGUSR2');
  await started.ended();
  expect(child.signalCode).toBe('SIGKILL');
  expect(started.output()).toMatch(
    /has not responded for [23] seconds .* In hand: reading "b \.csv"; reading "a\.csv"\.\n$/,
  );
});
