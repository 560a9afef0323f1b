import { expect, it } from 'vitest';
import type { UsageSample } from './usage';
import { growth, sampleUsage } from './usage';

function sample(minute: number, mainPid: number, mainOwnMib: number): UsageSample {
  const mainKinds = { pipe: 20 + (minute > 8 ? 2 : 0), socket: 30 - (minute % 2) };
  const rest = { mainKinds, processes: 3, mainDescriptors: 50, mainThreads: 20, mainMib: 300, totalMib: 900 };
  return { atMs: minute * 60_000, mainPid, mainOwnMib, ...rest };
}

it('tells the growth of the longest life, and whether it flattens', () => {
  const short = [0, 1, 2].map((minute) => sample(minute, 1, 100 + 50 * minute));
  const fills = [150, 160, 170, 170, 170, 170, 170, 170, 170];
  const long = fills.map((mib, index) => sample(3 + index, 2, mib));
  expect(growth([...short, ...long])).toEqual({
    lifeMinutes: 8,
    perHour: { main_descriptors: 0, main_threads: 0, main_own_mib: 0, total_mib: 0 },
    mainOwnMib: [150, 170, 170, 170, 170],
    moreOf: { pipe: 2 },
  });
});

it('reads what a process uses, and nothing of one that is gone', () => {
  const here = sampleUsage(process.pid, [process.ppid]);
  expect(here?.processes).toBe(2);
  expect(here?.mainDescriptors).toBeGreaterThan(2);
  expect(Object.keys(here?.mainKinds ?? {})).not.toHaveLength(0);
  expect(here?.mainThreads).toBeGreaterThan(0);
  expect(here?.mainOwnMib).toBeGreaterThan(5);
  expect(here?.mainOwnMib).toBeLessThan(here?.mainMib ?? 0);
  expect(sampleUsage(2 ** 22 + 1, [])).toBeNull();
});
