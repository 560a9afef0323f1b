/**
 * What of a picture is shown. Immutable. `x` and `y` are where the picture's left top corner lies, in widths
 * and heights of the tile's picture area: 0 at rest, down to 1 - scale at the far end.
 */
export interface Zoom {
  /** 1 to 8. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** A place in the picture area, each from 0 to 1. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
export const CENTRE: Place = { x: 0.5, y: 0.5 };
const MAX_SCALE = 8;
/** A step of a key or of a notch of the wheel. */
export const ZOOM_STEP = 1.25;
/** A step of an arrow key, in widths and heights of the picture area. */
export const PAN_STEP = 0.15;
/** So little is a slip of the hand on the way back to the whole picture. */
const AS_GOOD_AS_WHOLE = 1.02;

export const isZoomed = (zoom: Zoom): boolean => zoom.scale > 1;

/** Magnifies by `factor`; what is at `place` stays there. */
export function zoomAbout(zoom: Zoom, factor: number, place: Place): Zoom {
  const scale = Math.min(MAX_SCALE, zoom.scale * factor);
  if (!(scale >= AS_GOOD_AS_WHOLE)) return WHOLE;
  const by = scale / zoom.scale;
  return within({
    scale,
    x: place.x - (place.x - zoom.x) * by,
    y: place.y - (place.y - zoom.y) * by,
  });
}

/** Moves the picture by parts of the area's width and height; its edges never come inside the area. */
export function pan(zoom: Zoom, dx: number, dy: number): Zoom {
  return within({ ...zoom, x: zoom.x + dx, y: zoom.y + dy });
}

/** How much a turn of the wheel magnifies. @param delta pixels, as wheel events have them */
export function wheelFactor(delta: number): number {
  return ZOOM_STEP ** (-Math.max(-300, Math.min(300, delta)) / 100);
}

function within({ scale, x, y }: Zoom): Zoom {
  const clamp = (value: number) => Math.min(0, Math.max(1 - scale, value));
  return { scale, x: clamp(x), y: clamp(y) };
}

/** For CSS; the origin is the left top corner. */
export function transformOf({ scale, x, y }: Zoom): string {
  return `translate(${String(x * 100)}%, ${String(y * 100)}%) scale(${String(scale)})`;
}
