import type { DetectionResult } from '../../../contract';
import { ArrivalClock } from './arrivalClock';

/** What the decoder is behind the ingest, in pictures: it holds none back (docs/frames.md, "Age of a frame"). */
export const DECODER_BEHIND = 0;
/** Results are few and some come late: longer than for pictures, and still shorter than what drift needs. */
const WINDOW_MS = 20_000;
/** What a frame of a working recording clock can be old when a model gets it, milliseconds. */
const PLAUSIBLE_MS = [-50, 2_000] as const;

/**
 * Tells when the frame that a result belongs to came from the camera, on the clock of PictureClock. The wall clock
 * of a frame is that of the recording, which is set by arrivals as well: over 50 results, boxes covered walking people
 * best in the picture that arrived at that time, and equally less in the ones before and after. That clock follows
 * steps of the system clock slowly; while it is far from it, the time at which the frame was given to the model is
 * taken instead.
 */
export class ResultClock {
  readonly #arrivals = new ArrivalClock(WINDOW_MS);
  #epoch: number | null = null;

  /**
   * @param wallMs the wall clock when the result came
   * @param intervalMs between two pictures of the camera
   * @returns milliseconds since the Unix epoch; NaN when the result cannot be read
   */
  wallOf(
    { frame, latency_ms }: Pick<DetectionResult, 'frame' | 'latency_ms'>,
    wallMs: number,
    intervalMs: number,
  ): number {
    const mediaMs = frame.pts_us / 1000;
    if (!Number.isFinite(mediaMs) || !Number.isFinite(latency_ms)) return Number.NaN;
    if (this.#epoch !== frame.epoch) this.#arrivals.reset();
    this.#epoch = frame.epoch;
    const givenMs = wallMs - latency_ms;
    this.#arrivals.sample(mediaMs, givenMs);
    const recordedMs = Date.parse(frame.timestamp);
    const behindMs = givenMs - recordedMs;
    if (behindMs >= PLAUSIBLE_MS[0] && behindMs <= PLAUSIBLE_MS[1]) return recordedMs;
    return this.#arrivals.wallOf(mediaMs) - DECODER_BEHIND * intervalMs;
  }
}
