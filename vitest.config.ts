import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,main,electron,renderer,native,models,scripts,test}/**/*.test.{ts,tsx}'],
    // Bundles the worker scripts that tests start for real.
    globalSetup: ['./test/globalSetup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real FFmpeg, RTSP servers and SFU workers share two cores.
    maxWorkers: 2,
    pool: 'forks',
  },
});
