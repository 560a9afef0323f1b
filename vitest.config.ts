import { configDefaults, defineConfig } from 'vitest/config';
import { programs } from './test/programs.mjs';

const shared = {
  // For what hangs: on a busy machine a file's preparation (footage, a bundle, a camera) takes minutes.
  testTimeout: 60_000,
  hookTimeout: 240_000,
  pool: 'forks',
  // A condition that does not come true at once may only be late: the machine is busy with other tests.
  expect: { poll: { timeout: 15_000 } },
} as const;

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
