import { describe, expect, it } from 'vitest';
import { ticksOf } from './ticks';
import { around, DAY, following, HOUR, LONGEST, MINUTE, SECOND, SHORTEST, timeAt, xAt, zoomed } from './view';

const NOW = Date.UTC(2026, 10, 21, 12);

describe('the stretch of time that is shown', () => {
  it('keeps what is under the pointer there, from a month to a second and back', () => {
    for (const x of [0, 137, 999]) {
      let view = around(NOW, 31 * DAY);
      const at = timeAt(view, x, 1000);
      for (let n = 0; n < 90; n++) {
        view = zoomed(view, 1 / 1.25, at);
        expect(Math.abs(xAt(view, at, 1000) - x)).toBeLessThan(0.5);
      }
      expect(view.to - view.from).toBeCloseTo(SHORTEST, 3);
      for (let n = 0; n < 120; n++) view = zoomed(view, 1.25, at);
      expect(view.to - view.from).toBeCloseTo(LONGEST, 0);
      expect(Math.abs(xAt(view, at, 1000) - x)).toBeLessThan(0.5);
    }
  });

  it('goes on before the position reaches its end, and follows a jump', () => {
    const view = around(NOW, MINUTE);
    expect(following(view, NOW)).toBe(view);
    for (const at of [view.to - SECOND, view.to + 5 * SECOND, view.from - 5 * SECOND, NOW + DAY, NOW - DAY]) {
      const next = following(view, at);
      expect(next.to - next.from).toBeCloseTo(MINUTE, 6);
      expect(at).toBeGreaterThan(next.from);
      expect(at).toBeLessThan(next.to);
    }
  });
});

describe('the ruler', () => {
  it.each([SECOND, 10 * SECOND, MINUTE, HOUR, DAY, 7 * DAY, 31 * DAY, 400 * DAY])(
    'has labels of a readable number over %i ms',
    (length) => {
      const view = around(NOW, length);
      const { labelled } = ticksOf(view, 1100, 92);
      expect(labelled.length).toBeGreaterThan(0);
      expect(labelled.length).toBeLessThanOrEqual(14);
      for (const [index, at] of labelled.entries()) {
        expect(at).toBeGreaterThanOrEqual(view.from);
        expect(at).toBeLessThanOrEqual(view.to);
        if (index > 0)
          expect(xAt(view, at, 1100) - xAt(view, labelled[index - 1] ?? 0, 1100)).toBeGreaterThan(60);
      }
    },
  );
});
