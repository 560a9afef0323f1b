import { defineConfig } from '@playwright/test';
import { alone } from './e2e/alone';

/** On a desktop two applications would take each other's focus. Two cores are enough for three that mostly wait. */
const displays = process.env['VAS_VIRTUAL_DISPLAY'] === '1' ? 3 : 1;

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  workers: displays,
  // The tests of a file follow each other: most of them share an application.
  fullyParallel: false,
  // npm test runs one after the other: nothing runs beside the second.
  projects: [
    // Three applications at a time: each waits most of the time, for footage and for what it shows.
    { name: 'beside', testMatch: '**/*.spec.ts', testIgnore: [...alone] },
    { name: 'alone', testMatch: [...alone], workers: 1 },
  ],
  // Real cameras, processes and disks on a shared machine: what passes only the second time is named in the summary.
  retries: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: './test-results/results.json' }]],
});
