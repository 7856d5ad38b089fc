import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findChromium } from './chromium.ts';

// Found once: the workers inherit the environment and load this file again.
process.env.PLAYWRIGHT_CHROMIUM = findChromium();

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  preserveOutput: 'failures-only',
  // Each worker has a server of its own, which runs the model on the same cores.
  workers: Math.min(3, Math.max(2, Math.floor(availableParallelism() / 2))),
  // Generous, because the model and the browser may share two busy cores.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // A browser on a machine that others use may be late. What passes at a later try, on a new server, is listed as flaky.
  retries: 2,
  reporter: [['list']],
  use: {
    actionTimeout: 20_000,
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    trace: 'on-first-retry',
    launchOptions: {
      executablePath: process.env.PLAYWRIGHT_CHROMIUM,
      args: ['--disable-gpu', '--disable-background-networking'],
    },
  },
});
