/** What is replayed. */
export interface ReplayClip {
  readonly id: string;
  readonly url: string;
  /** Wall clock of its first and last picture, milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  /** How long it plays, seconds. */
  readonly seconds: number;
}

/** How fast it can be played. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

/** The next faster or slower speed; the same at the end of the row. */
export function speedBeside(speed: Speed, step: 1 | -1): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) + step] ?? speed;
}

/**
 * Wall clock of what is shown at `seconds` of the clip, milliseconds. Where footage is missing the clip is
 * shorter than its time; then the end is right and the time before it is the best guess.
 */
export function replayedAt(clip: ReplayClip, seconds: number): number {
  const missing = Math.max(0, (clip.end - clip.start) / 1000 - clip.seconds);
  const at = clip.start + (seconds + missing) * 1000;
  return Math.min(clip.end, Math.max(clip.start, at));
}
