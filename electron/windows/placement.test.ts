import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeptPlace, Monitor, Rectangle } from './placement';
import { placeWindow } from './placement';

const at = (x: number, y: number, width: number, height: number): Rectangle => ({ x, y, width, height });
const monitor = (id: string, bounds: Rectangle, primary = false): Monitor => ({
  ...{ id, bounds, primary },
  workArea: { ...bounds, height: bounds.height - 40 },
});
const LEFT = monitor('1', at(0, 0, 1920, 1080), true);
const RIGHT = monitor('2', at(1920, 0, 2560, 1440));
const USUAL = { width: 1280, height: 800 };
const kept = (bounds: Rectangle, on: Monitor): KeptPlace => ({
  ...{ bounds, monitor: { id: on.id, bounds: on.bounds }, isFullScreen: false, isMaximized: false },
});

test('the first time in the middle of the primary monitor', () => {
  expect(placeWindow(null, [RIGHT, LEFT], USUAL)).toEqual({
    ...{ bounds: at(320, 120, 1280, 800), monitorId: '1', isHome: false },
  });
});

describe('later', () => {
  const bounds = at(2000, 100, 1600, 900);

  test('where it was', () => {
    expect(placeWindow(kept(bounds, RIGHT), [LEFT, RIGHT], USUAL)).toEqual({
      ...{ bounds, monitorId: '2', isHome: true },
    });
  });

  test('on its monitor, although that stands on the other side now', () => {
    const moved = monitor('2', at(-2560, 200, 2560, 1440));
    const { bounds: now, isHome } = placeWindow(kept(bounds, RIGHT), [LEFT, moved], USUAL);
    expect([now, isHome]).toEqual([at(-2480, 300, 1600, 900), true]);
  });

  test('on the monitor in its place, although that has another id now', () => {
    const renamed = { ...RIGHT, id: '77' };
    expect(placeWindow(kept(bounds, RIGHT), [LEFT, renamed], USUAL)).toMatchObject({
      ...{ bounds, monitorId: '77', isHome: true },
    });
  });

  test('back on the primary monitor when its own is gone', () => {
    expect(placeWindow(kept(bounds, RIGHT), [LEFT], USUAL)).toEqual({
      ...{ bounds: at(160, 70, 1600, 900), monitorId: '1', isHome: false },
    });
  });

  test('smaller when its monitor is smaller now', () => {
    const smaller = monitor('2', at(1920, 0, 1280, 720));
    const { bounds: now } = placeWindow(kept(bounds, RIGHT), [LEFT, smaller], USUAL);
    expect(now).toEqual(at(1920, 0, 1280, 680));
  });
});

test('wherever it was, it is wholly on a monitor', () => {
  const number = fc.integer({ min: -5000, max: 9000 });
  const length = fc.integer({ min: 1, max: 8000 });
  const rectangle = fc.record({ x: number, y: number, width: length, height: length });
  const monitors = fc
    .array(fc.record({ bounds: rectangle, workArea: fc.constant(null) }), { minLength: 1, maxLength: 4 })
    .map((list) =>
      list.map(({ bounds }, index) => ({
        ...{ id: String(index), bounds, workArea: bounds, primary: index === 0 },
      })),
    );
  const place = fc.record({
    bounds: rectangle,
    monitor: fc.record({ id: fc.constantFrom('0', '1', '9'), bounds: rectangle }),
    isFullScreen: fc.boolean(),
    isMaximized: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.option(place), monitors, (before, all) => {
      const { bounds, monitorId } = placeWindow(before, all, USUAL);
      const on = all.find(({ id }) => id === monitorId)?.workArea ?? at(0, 0, 0, 0);
      expect(bounds.x).toBeGreaterThanOrEqual(on.x);
      expect(bounds.y).toBeGreaterThanOrEqual(on.y);
      expect(bounds.x + bounds.width).toBeLessThanOrEqual(on.x + on.width);
      expect(bounds.y + bounds.height).toBeLessThanOrEqual(on.y + on.height);
    }),
  );
});
