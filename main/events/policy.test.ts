import { describe, expect, it } from 'vitest';
import { assignmentRules } from '../../contract/assignments';
import { EventPolicy } from './policy';
import { detection, resultAt } from './testing/results';

const rule = (persist: object) => assignmentRules.parse({ persist }).persist;
const told = (
  policy: EventPolicy,
  persist: object,
  frames: readonly (readonly [number, ...ReturnType<typeof detection>[]])[],
) =>
  frames.map(([at, ...found]) =>
    policy
      .choose(resultAt(at, found), rule(persist))
      .map(({ result, detections }) => [result.frame.frameId, ...detections.map((one) => one.track_id)]),
  );

describe('the event policy', () => {
  it('by default tells each object once, when its track is sure', () => {
    const frames = [
      [0, detection(null)],
      [1, detection(1)],
      [2, detection(1), detection(2)],
      [3, detection(2), detection(1)],
    ] as const;
    expect(told(new EventPolicy(), {}, frames)).toEqual([[], [[1, 1]], [[2, 2]], []]);
  });

  it('tells the best moment when the object is gone, or after ten seconds', () => {
    const policy = new EventPolicy();
    const best = { when: 'best' };
    expect(
      told(policy, best, [
        [0, detection(1, 0.5)],
        [1, detection(1, 0.9)],
        [2, detection(1, 0.6)],
      ]),
    ).toEqual([[], [], []]);
    expect(told(policy, best, [[20]])).toEqual([[[1, 1]]]);
    const stays = Array.from(
      { length: 60 },
      (_, index) => [30 + index, detection(2, index === 7 ? 0.9 : 0.5)] as const,
    );
    const events = told(policy, best, stays).flat();
    expect(events).toEqual([[37, 2]]);
  });

  it('tells the best moment also when no result comes any more', () => {
    const policy = new EventPolicy();
    told(policy, { when: 'best' }, [[0, detection(1)]]);
    expect(policy.flush(resultAt(5, []).frame.monotonicUs)).toEqual([]);
    expect(policy.flush(resultAt(10, []).frame.monotonicUs)).toHaveLength(1);
    expect(policy.flush(resultAt(20, []).frame.monotonicUs)).toEqual([]);
    expect(told(policy, { when: 'best' }, [[21, detection(1)], [40]]), 'once for ever').toEqual([[], []]);
  });

  it('goes on when the time of the stream was set back', () => {
    const policy = new EventPolicy();
    const later = resultAt(1, [detection(1)]);
    const earlier = resultAt(2, [detection(2)]);
    const setBack = { ...earlier, frame: { ...earlier.frame, wallUs: later.frame.wallUs - 3_600_000_000 } };
    expect(policy.choose(later, rule({}))).toHaveLength(1);
    expect(policy.choose(setBack, rule({}))).toHaveLength(1);
  });

  it('keeps the least time between events, and tells all objects of a frame together', () => {
    const two = [detection(1), detection(2)] as const;
    const frames = [0, 1, 2, 3, 4, 5, 6].map((at) => [at, ...two] as const);
    expect(told(new EventPolicy(), { when: 'interval', min_interval_ms: 1000 }, frames)).toEqual([
      [[0, 1, 2]],
      [],
      [],
      [],
      [],
      [[5, 1, 2]],
      [],
    ]);
    expect(told(new EventPolicy(), { min_interval_ms: 1000 }, [[0, ...two]])).toEqual([
      [
        [0, 1],
        [0, 2],
      ],
    ]);
  });

  it('tells every result, or none', () => {
    expect(told(new EventPolicy(), { when: 'every' }, [[0], [1, detection(1)]])).toEqual([[[0]], [[1, 1]]]);
    expect(told(new EventPolicy(), { when: 'never' }, [[0], [1, detection(1)]])).toEqual([[], []]);
  });
});
