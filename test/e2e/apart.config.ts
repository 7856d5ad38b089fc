import { defineConfig } from '@playwright/test';
import config from './playwright.config.ts';

/** The journeys that cross from the pages to the API, with the two in processes of their own. */
export default defineConfig({
  ...config,
  testMatch: ['search.spec.ts', 'imports.spec.ts', 'keys.spec.ts', 'policy.spec.ts'],
  // What these do crosses no more than what stays.
  grepInvert: /merchandisers’$|what was left out of items|taken in by hand|pictures are looked at again/,
  metadata: { apart: true },
});
