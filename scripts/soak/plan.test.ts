import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaultKind } from './plan';
import { CAMERA_FAULTS, planFaults, WORKSTATION_FAULTS } from './plan';

const everything = new Set<FaultKind>([...CAMERA_FAULTS, ...WORKSTATION_FAULTS]);

describe('the plan of a soak', () => {
  it('is the same for the same seed and another for another', () => {
    const plan = (seed: number) => planFaults({ seed, cameras: 4, minutes: 3, possible: everything });
    expect(plan(7)).toEqual(plan(7));
    expect(plan(7)).not.toEqual(plan(8));
  });

  it('gives a camera one fault at a time, and leaves everything alone around one of the workstation', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 1, max: 20 }),
        (seed, cameras, minutes) => {
          const plan = planFaults({ seed, cameras, minutes, possible: everything });
          for (const [index, fault] of plan.entries()) {
            expect(fault.atMs).toBeGreaterThanOrEqual(10_000);
            expect(fault.atMs + fault.lastsMs).toBeLessThan(minutes * 60_000 - 30_000);
            for (const later of plan.slice(index + 1)) {
              const shared = fault.camera === null || later.camera === null || fault.camera === later.camera;
              if (shared) expect(later.atMs).toBeGreaterThanOrEqual(fault.atMs + fault.lastsMs + 15_000);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('brings every kind that is possible in a long soak, and no other', () => {
    const possible = new Set<FaultKind>(['cut', 'stall', 'page-killed']);
    const some = planFaults({ seed: 1, cameras: 2, minutes: 10, possible });
    expect(new Set(some.map(({ kind }) => kind))).toEqual(possible);
    const all = planFaults({ seed: 1, cameras: 16, minutes: 10, possible: everything });
    expect(new Set(all.map(({ kind }) => kind))).toEqual(everything);
  });

  it('kills the application in the first half only, so that the second is one life', () => {
    for (const seed of [1, 2, 3]) {
      const plan = planFaults({ seed, cameras: 16, minutes: 60, possible: everything });
      const kills = plan.filter(({ kind }) => kind === 'application-killed');
      expect(kills.length).toBeGreaterThan(2);
      expect(Math.max(...kills.map(({ atMs }) => atMs))).toBeLessThan(30 * 60_000);
      const late = plan.filter(({ atMs, camera }) => camera === null && atMs > 30 * 60_000);
      expect(new Set(late.map(({ kind }) => kind)).size).toBe(WORKSTATION_FAULTS.length - 1);
    }
  });

  it('has a fault every few seconds with many cameras', () => {
    const plan = planFaults({
      seed: 3,
      cameras: 16,
      minutes: 10,
      possible: new Set<FaultKind>(CAMERA_FAULTS),
    });
    expect(plan.length).toBeGreaterThan(100);
  });
});
