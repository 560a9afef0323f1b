import type { DetectionResult } from '../../../contract';
import { ArrivalClock } from './arrivalClock';

/**
 * What the decoder is behind the ingest, in pictures: the end of a picture in the MPEG-TS of the hand-over is known
 * with the next one, and the end of that with the one after it (docs/architecture.md "Frame path").
 */
export const DECODER_BEHIND = 2;
/** Results are few and some come late: longer than for pictures, and still shorter than what drift needs. */
const WINDOW_MS = 20_000;

/**
 * Tells when the frame that a result belongs to came from the camera, on the clock of PictureClock. The wall clock
 * of the frame itself is that of the recording, which may be some tenths of a second away from arrivals; its media
 * time and when it was given to the model are exact.
 */
export class ResultClock {
  readonly #arrivals = new ArrivalClock(WINDOW_MS);
  #epoch: number | null = null;

  /**
   * @param wallMs the wall clock when the result came
   * @returns a time to be passed to `wallOf`; NaN when the result cannot be read
   */
  take({ frame, latency_ms }: Pick<DetectionResult, 'frame' | 'latency_ms'>, wallMs: number): number {
    const mediaMs = frame.pts_us / 1000;
    if (!Number.isFinite(mediaMs) || !Number.isFinite(latency_ms)) return Number.NaN;
    if (this.#epoch !== frame.epoch) this.#arrivals.reset();
    this.#epoch = frame.epoch;
    this.#arrivals.sample(mediaMs, wallMs - latency_ms);
    return mediaMs;
  }

  /** @param intervalMs between two pictures of the camera */
  wallOf(mediaMs: number, intervalMs: number): number {
    return this.#arrivals.wallOf(mediaMs) - DECODER_BEHIND * intervalMs;
  }
}
