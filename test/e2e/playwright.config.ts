import { defineConfig } from '@playwright/test';
import { findChromium } from './chromium.ts';

// Found once: the workers inherit the environment and load this file again.
process.env.PLAYWRIGHT_CHROMIUM = findChromium();

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  preserveOutput: 'failures-only',
  globalSetup: './global-setup.ts',
  // The server under test runs the model on the same cores.
  workers: 1,
  // Generous, because the model and the browser may share two busy cores.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    actionTimeout: 20_000,
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.PLAYWRIGHT_CHROMIUM,
      args: ['--disable-gpu', '--disable-background-networking'],
    },
  },
});
