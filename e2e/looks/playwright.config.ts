import { defineConfig } from '@playwright/test';
import ordinary from '../../playwright.config';

const { projects: _tests, ...shared } = ordinary;

/** Pictures to look at; no tests, and no part of them (npm run looks). */
export default defineConfig(shared, {
  testDir: '.',
  testMatch: '**/*.looks.ts',
  outputDir: '../../test-results/looks-run',
  reporter: [['list']],
});
