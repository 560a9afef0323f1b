import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '../detections';
import { overlap } from './box';
import { leastCost } from './matching';
import { Tracker } from './tracker';

const person = (cx: number, cy: number, confidence = 0.8, changes: Partial<Detection> = {}): Detection => ({
  class_id: 0,
  class_name: 'person',
  confidence,
  bbox: [cx - 0.025, cy - 0.08, cx + 0.025, cy + 0.08],
  track_id: null,
  ...changes,
});
const counter = () => {
  let last = 0;
  return () => ++last;
};
const at = (index: number): number => index * 200_000;

describe('the assignment of least cost', () => {
  /** Every assignment tried. */
  function best(costs: readonly (readonly number[])[], from = 0, used = new Set<number>()): number {
    const row = costs[from];
    if (row === undefined) return 0;
    const spare = costs.length - from > row.length - used.size ? best(costs, from + 1, used) : Infinity;
    return row.reduce(
      (least, cost, column) =>
        used.has(column) ? least : Math.min(least, cost + best(costs, from + 1, new Set([...used, column]))),
      spare,
    );
  }

  it('is as good as trying them all', () => {
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(matrix, (costs) => {
        const result = leastCost(costs);
        const taken = result.filter((column) => column >= 0);
        expect(new Set(taken).size).toBe(taken.length);
        expect(taken).toHaveLength(Math.min(costs.length, costs[0]?.length ?? 0));
        const total = result.reduce(
          (sum, column, row) => sum + (column < 0 ? 0 : (costs[row]?.[column] ?? 0)),
          0,
        );
        expect(total).toBe(best(costs));
      }),
    );
  });

  it('knows nothing to assign', () => {
    expect(leastCost([])).toEqual([]);
    expect(leastCost([[], []])).toEqual([-1, -1]);
  });
});

describe('the tracker', () => {
  it('overlap is 1 for the same box and 0 for boxes apart', () => {
    const box = { cx: 0.5, cy: 0.5, w: 0.1, h: 0.2 };
    expect(overlap(box, box)).toBeCloseTo(1);
    expect(overlap(box, { ...box, cx: 0.7 })).toBe(0);
    expect(overlap(box, { ...box, cx: 0.55 })).toBeCloseTo(1 / 3);
    expect(overlap(box, { ...box, cx: 0.65 }, 0.5)).toBeGreaterThan(0);
  });

  it('gives ids to what is seen twice, and keeps them while people walk past each other', () => {
    const tracker = new Tracker(counter());
    const walk = (index: number) => [person(0.1 + 0.012 * index, 0.4), person(0.9 - 0.012 * index, 0.44)];
    expect(tracker.update(walk(0), at(0)).map((one) => one.track_id)).toEqual([null, null]);
    for (let index = 1; index < 60; index++)
      expect(
        tracker.update(walk(index), at(index)).map((one) => one.track_id),
        `frame ${String(index)}`,
      ).toEqual([1, 2]);
    expect(tracker.size).toBe(2);
  });

  it('keeps the id through a weak or missing sighting, not through a long absence', () => {
    const tracker = new Tracker(counter());
    const idAt = (index: number, x: number, confidence = 0.8) =>
      tracker.update([person(x, 0.5, confidence)], at(index))[0]?.track_id;
    idAt(0, 0.2);
    expect(idAt(1, 0.21)).toBe(1);
    expect(idAt(2, 0.22, 0.3), 'weak').toBe(1);
    tracker.update([], at(3));
    tracker.update([], at(4));
    expect(idAt(5, 0.25)).toBe(1);
    for (let index = 6; index < 20; index++) tracker.update([], at(index));
    expect(tracker.size).toBe(0);
    expect(idAt(20, 0.25)).toBeNull();
    expect(idAt(21, 0.25)).toBe(2);
  });

  it('starts no track from weak detections', () => {
    const tracker = new Tracker(counter());
    for (let index = 0; index < 10; index++)
      expect(tracker.update([person(0.5, 0.5, 0.3)], at(index))[0]?.track_id).toBeNull();
    expect(tracker.size).toBe(0);
  });

  it('lets the sightings vote on the class', () => {
    const tracker = new Tracker(counter());
    const truck = { class_id: 7, class_name: 'truck' };
    const car = { class_id: 2, class_name: 'car' };
    const names = [car, car, truck, car, truck, car].map(
      (kind, index) => tracker.update([person(0.5, 0.5, 0.7, kind)], at(index))[0]?.class_name,
    );
    expect(names).toEqual(['car', 'car', 'car', 'car', 'car', 'car']);
  });

  it('tells the speed of a track', () => {
    const tracker = new Tracker(counter());
    let velocity: readonly [number, number] = [0, 0];
    for (let index = 0; index < 20; index++)
      velocity = tracker.update([person(0.1 + 0.02 * index, 0.5)], at(index))[0]?.velocity ?? [0, 0];
    expect(velocity[0]).toBeCloseTo(0.1, 2);
    expect(velocity[1]).toBeCloseTo(0, 2);
  });

  it('ignores a result that comes out of order', () => {
    const tracker = new Tracker(counter());
    tracker.update([person(0.5, 0.5)], at(1));
    tracker.update([person(0.5, 0.5)], at(2));
    expect(tracker.update([person(0.1, 0.1)], at(1))[0]?.track_id).toBeNull();
    expect(tracker.size).toBe(1);
  });

  it('never gives one id to two detections of a frame, and never forgets to answer', () => {
    const detection = fc
      .tuple(
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 2 }),
      )
      .map(([x, y, confidence, class_id]) =>
        person(x, y, confidence, { class_id, class_name: `class ${String(class_id)}` }),
      );
    fc.assert(
      fc.property(
        fc.array(fc.array(detection, { maxLength: 12 }), { minLength: 1, maxLength: 25 }),
        (frames) => {
          const tracker = new Tracker(counter());
          frames.forEach((frame, index) => {
            const result = tracker.update(frame, at(index));
            expect(result.map((one) => one.bbox)).toEqual(frame.map((one) => one.bbox));
            const ids = result.map((one) => one.track_id).filter((id) => id !== null);
            expect(new Set(ids).size).toBe(ids.length);
          });
        },
      ),
    );
  });
});
