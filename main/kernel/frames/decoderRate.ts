/** Below this a rate is no rate any more, frames per second. */
export const MIN_FPS = 0.1;
export const MAX_FPS = 60;

/**
 * How many frames per second the decoder shall give: at least twice the highest rate that anybody wants, so that
 * whoever picks from them finds one within half an interval; no more than the source has.
 * @param wanted the rates that are wanted, frames per second
 * @param source frames per second of the stream; null when unknown
 * @returns null: every frame of the source
 */
export function decoderRate(wanted: readonly number[], source: number | null): number | null {
  const highest = Math.max(0, ...wanted);
  // Whole numbers, so that small changes of what is wanted do not start the decoder anew.
  const needed = Math.ceil(2 * highest);
  return source !== null && needed >= source ? null : needed;
}

/** Whether a decoder that gives `current` must be started anew for `needed`; null: every frame. */
export function mustChange(current: number | null, needed: number | null): 'at once' | 'later' | 'no' {
  if (current === needed) return 'no';
  if (current !== null && (needed === null || needed > current)) return 'at once';
  // Too much only costs work; it is not worth a gap unless it is much and lasts.
  return current === null || (needed !== null && current >= 2 * needed) ? 'later' : 'no';
}
