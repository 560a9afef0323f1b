import { configDefaults, defineConfig } from 'vitest/config';
import { programs } from './test/programs.mjs';

const shared = { testTimeout: 30_000, hookTimeout: 60_000, pool: 'forks' } as const;

export default defineConfig({
  test: {
    // Bundles the worker scripts that tests start for real; once, not for each project.
    globalSetup: ['./test/globalSetup.ts'],
    // Real FFmpeg, RTSP servers and SFU workers share two cores.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{contract,main,electron,renderer,native,models,scripts,test}/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...programs],
        },
      },
      { test: { ...shared, name: 'programs', include: programs, retry: 1 } },
    ],
  },
});
