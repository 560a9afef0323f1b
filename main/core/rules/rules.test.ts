import { describe, expect, it } from 'vitest';
import { assignmentRules } from '../../../contract/assignments';
import type { TrackedDetection } from '../tracking/tracker';
import { contains, judge, worthTracking } from './rules';

const rules = (some: object) => assignmentRules.parse(some);
const at = (
  x: number,
  foot: number,
  height = 0.2,
  more: Partial<TrackedDetection> = {},
): TrackedDetection => ({
  class_id: 0,
  class_name: 'person',
  confidence: 0.6,
  bbox: [x - 0.05, foot - height, x + 0.05, foot],
  track_id: 1,
  velocity: [0, 0],
  ...more,
});
const left: [number, number][] = [
  [0, 0],
  [0.5, 0],
  [0.5, 1],
  [0, 1],
];

describe('the rules of an assignment', () => {
  it('ask for nothing by default', () => {
    const found = [at(0.2, 0.5), at(0.8, 0.9, 0.01)];
    expect(worthTracking(found, rules({}))).toEqual(found);
    expect(judge(found, rules({}))).toHaveLength(2);
  });

  it('choose labels, size and what is not masked', () => {
    const car = at(0.2, 0.5, 0.2, { class_name: 'car' });
    expect(worthTracking([at(0.2, 0.5), car], rules({ labels: ['car'] }))).toEqual([car]);
    expect(worthTracking([at(0.2, 0.5, 0.1)], rules({ min_height: 0.15 }))).toEqual([]);
    expect(worthTracking([at(0.2, 0.5), at(0.8, 0.5)], rules({ masks: [left] }))).toEqual([at(0.8, 0.5)]);
  });

  it('judge by confidence after tracking and name zones by the foot point', () => {
    const judged = judge(
      [at(0.2, 0.5), at(0.8, 0.5), at(0.8, 0.5, 0.2, { confidence: 0.3 })],
      rules({ min_confidence: 0.5, zones: [{ name: 'Door', points: left }] }),
    );
    expect(judged.map(({ zones }) => zones)).toEqual([['Door'], []]);
  });

  it('refuse areas that are none and names that are not unique', () => {
    expect(() =>
      rules({
        masks: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
      }),
    ).toThrow(/three corners/);
    expect(() =>
      rules({
        masks: [
          [
            [0, 0],
            [1, 1],
            [2, 0],
          ],
        ],
      }),
    ).toThrow();
    const zone = { name: 'A', points: left };
    expect(() => rules({ zones: [zone, zone] })).toThrow(/same name/);
  });

  it('know the inside of a concave area', () => {
    const u: [number, number][] = [
      [0, 0],
      [0.2, 0],
      [0.2, 0.8],
      [0.8, 0.8],
      [0.8, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    expect(contains(u, [0.5, 0.4])).toBe(false);
    expect(contains(u, [0.1, 0.4])).toBe(true);
    expect(contains(u, [0.5, 0.9])).toBe(true);
  });
});
