import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longestFirst.mjs';
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
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'programs',
          include: programs,
          retry: 1,
          // They wait for footage, restarts and limits most of the time: two cores are enough for four.
          maxWorkers: 4,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{contract,main,electron,renderer,native,models,scripts,test}/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...programs],
          // These compute, and the sanitizers' builds most of all: after those that wait, and not beside them.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
