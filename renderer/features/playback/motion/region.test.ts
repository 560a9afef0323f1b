import { describe, expect, it } from 'vitest';
import {
  FIRST_REGION,
  maskOf,
  middleAfter,
  moved,
  rectangle,
  reshaped,
  withCorner,
  withFewer,
  withMore,
} from './region';

describe('a region of a motion search', () => {
  it('is a rectangle between two corners, inside the picture and never empty', () => {
    expect(rectangle([0.8, 0.9], [0.2, -0.5])).toEqual([
      [0.2, 0],
      [0.8, 0],
      [0.8, 0.9],
      [0.2, 0.9],
    ]);
    const [first, , third] = rectangle([1, 1], [1, 1]);
    expect((third?.[0] ?? 0) - (first?.[0] ?? 0)).toBeCloseTo(1 / 32);
    expect(third).toEqual([1, 1]);
  });

  it('stays a rectangle when a corner is moved, and is not turned inside out', () => {
    const wider = withCorner(FIRST_REGION, 2, [0.9, 0.8]);
    expect(wider.points).toEqual([
      [0.35, 0.35],
      [0.9, 0.35],
      [0.9, 0.8],
      [0.35, 0.8],
    ]);
    const pushed = withCorner(FIRST_REGION, 0, [0.95, 0.95]);
    expect(pushed.points[2]).toEqual([0.65, 0.65]);
    expect(pushed.points[0]?.[0]).toBeLessThan(0.65);
  });

  it('moves as a whole as far as the picture goes', () => {
    const { points } = moved(FIRST_REGION, [0.9, -0.1]);
    expect(points[1]?.[0]).toBeCloseTo(1);
    expect(points[0]?.[0]).toBeCloseTo(0.7);
    expect(points[0]?.[1]).toBeCloseTo(0.25);
  });

  it('takes more corners as a polygon only, and keeps three', () => {
    expect(withMore(FIRST_REGION, [0.5, 0.2])).toBe(FIRST_REGION);
    const polygon = withMore(reshaped(FIRST_REGION, 'polygon'), [0.5, 0.2]);
    expect(polygon.points).toHaveLength(5);
    expect(polygon.points[1]).toEqual([0.5, 0.2]);
    const three = withFewer(withFewer(withFewer(polygon, 0), 0), 0);
    expect(three.points).toHaveLength(3);
    expect(middleAfter(FIRST_REGION, 3)).toEqual([0.35, 0.5]);
    expect(reshaped(polygon, 'rectangle').points).toEqual(rectangle([0.35, 0.2], [0.65, 0.65]));
  });

  it('is told as cells of the grid', () => {
    expect(maskOf(reshaped(FIRST_REGION, 'whole')).cells).toBe(576);
    expect(maskOf({ shape: 'rectangle', points: rectangle([0, 0], [0.5, 0.5]) }).cells).toBe(144);
    expect(maskOf(FIRST_REGION).text).toMatch(/^[0-9a-f]{144}$/);
  });
});
