import { describe, expect, it } from 'vitest';
import type { Place, Zoom } from './zoom';
import { isZoomed, pan, transformOf, wheelFactor, WHOLE, zoomAbout } from './zoom';

/** Which place of the whole picture is shown at a place of the area. */
const seenAt = (zoom: Zoom, place: Place): Place => ({
  x: (place.x - zoom.x) / zoom.scale,
  y: (place.y - zoom.y) / zoom.scale,
});

describe('zoom', () => {
  it('keeps what is under the cursor under the cursor', () => {
    const cursor = { x: 0.8, y: 0.3 };
    let zoom = zoomAbout(WHOLE, 1.25, cursor);
    for (const factor of [1.25, 1.25, 1.6, 0.8]) {
      const before = seenAt(zoom, cursor);
      zoom = zoomAbout(zoom, factor, cursor);
      expect(seenAt(zoom, cursor).x).toBeCloseTo(before.x, 9);
      expect(seenAt(zoom, cursor).y).toBeCloseTo(before.y, 9);
    }
    expect(zoom.scale).toBeCloseTo(2.5, 9);
  });

  it('goes from 1 to 8 and exactly back to the whole picture', () => {
    expect(zoomAbout(WHOLE, 0.5, { x: 0, y: 0 })).toEqual(WHOLE);
    const most = zoomAbout(WHOLE, 100, { x: 0.5, y: 0.5 });
    expect(most).toEqual({ scale: 8, x: -3.5, y: -3.5 });
    expect(zoomAbout(most, 1 / 7.9, { x: 0.1, y: 0.9 })).toEqual(WHOLE);
    expect(isZoomed(WHOLE)).toBe(false);
    expect(isZoomed(most)).toBe(true);
  });

  it('never shows what is beside the picture', () => {
    const double = zoomAbout(WHOLE, 2, { x: 0.5, y: 0.5 });
    expect(pan(double, 5, -5)).toEqual({ scale: 2, x: 0, y: -1 });
    expect(pan(WHOLE, 0.3, -0.3)).toEqual(WHOLE);
    // Out again about a corner: the far edge would come inside.
    const corner = zoomAbout(pan(double, -5, -5), 0.75, { x: 0, y: 0 });
    expect(corner).toEqual({ scale: 1.5, x: -0.5, y: -0.5 });
  });

  it('of a wheel is one step a notch, whichever way, and a wild wheel is tamed', () => {
    expect(wheelFactor(-100)).toBeCloseTo(1.25, 9);
    expect(wheelFactor(100)).toBeCloseTo(0.8, 9);
    expect(wheelFactor(-100_000)).toBe(wheelFactor(-300));
  });

  it('is written for CSS', () => {
    expect(transformOf({ scale: 2, x: -0.5, y: -0.25 })).toBe('translate(-50%, -25%) scale(2)');
  });
});
