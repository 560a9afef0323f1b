/** Centre and size as shares of the frame. */
export interface Box {
  readonly cx: number;
  readonly cy: number;
  readonly w: number;
  readonly h: number;
}

export type Corners = readonly [xMin: number, yMin: number, xMax: number, yMax: number];

export function boxOf([xMin, yMin, xMax, yMax]: Corners): Box {
  return { cx: (xMin + xMax) / 2, cy: (yMin + yMax) / 2, w: xMax - xMin, h: yMax - yMin };
}

/**
 * Overlap of two boxes, each made larger by `margin` of its own size on every side, 0 to 1. The margin keeps small,
 * quick objects connected when only a few frames a second are looked at.
 */
export function overlap(a: Box, b: Box, margin = 0): number {
  const grow = 1 + 2 * margin;
  const [aw, ah, bw, bh] = [a.w * grow, a.h * grow, b.w * grow, b.h * grow];
  const width = Math.min(a.cx + aw / 2, b.cx + bw / 2) - Math.max(a.cx - aw / 2, b.cx - bw / 2);
  const height = Math.min(a.cy + ah / 2, b.cy + bh / 2) - Math.max(a.cy - ah / 2, b.cy - bh / 2);
  if (width <= 0 || height <= 0) return 0;
  const common = width * height;
  return common / (aw * ah + bw * bh - common);
}
