/** What a tile does to stay with the clock. */
export type Correction = { readonly kind: 'none'; readonly rate: number } | { readonly kind: 'seek' };

/** Off by more than this a tile jumps, seconds; at higher rates in proportion. */
const JUMP_SECONDS = 0.35;
/** A correction takes about this long, seconds. */
const TIME_TO_CATCH_UP = 0.6;
/** Most that a tile plays faster or slower than the others. */
const MOST = 0.25;
/** Closer than the eye and the frame rate tell, seconds. */
const CLOSE_ENOUGH = 0.008;
/** A standing picture is the wrong one when it is off by this, seconds. */
const STANDING = 0.012;
/** So far into a picture a tile goes, seconds: what is rounded on the way must not put it before. */
export const INTO_PICTURE = 0.002;
/** After a jump a standing tile is no further than this from where it goes, seconds: a step may be as small. */
const EXACT = 0.0005;

/**
 * Small differences are made up by playing a little faster or slower, large ones by a jump.
 * @param ahead how far the tile is ahead of the clock, seconds of media time
 * @param rate of the clock; 0 while it stands
 * @param hasJumped the clock was set since the tile was last found in its place
 */
export function correction(ahead: number, rate: number, hasJumped = false): Correction {
  if (rate === 0) {
    const isOff = hasJumped ? Math.abs(ahead - INTO_PICTURE) > EXACT : Math.abs(ahead) > STANDING;
    return isOff ? { kind: 'seek' } : { kind: 'none', rate: 1 };
  }
  if (Math.abs(ahead) > JUMP_SECONDS * Math.max(1, rate)) return { kind: 'seek' };
  if (Math.abs(ahead) < CLOSE_ENOUGH) return { kind: 'none', rate };
  const by = Math.max(-MOST, Math.min(MOST, -ahead / rate / TIME_TO_CATCH_UP));
  return { kind: 'none', rate: Math.max(0.0625, Math.min(16, rate * (1 + by))) };
}
