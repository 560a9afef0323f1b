import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.spec.ts',
  outputDir: './test-results',
  // One application at a time: it owns cameras, ports and processors of the machine.
  workers: 1,
  fullyParallel: false,
  // Real cameras, processes and disks on a shared machine: what passes only the second time is named in the summary.
  retries: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: './test-results/results.json' }]],
});
