import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Tests of the built application: npm run test:package. They take minutes and are no part of `npm test`. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: {
    include: ['test/package/**/*.package.ts'],
    globalSetup: ['./test/package/build.ts'],
    testTimeout: 180_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    pool: 'forks',
  },
});
