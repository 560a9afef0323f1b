import { ArrivalClock } from './arrivalClock';

/** What requestVideoFrameCallback tells of a picture, as far as it is needed. */
export interface PictureFacts {
  /** When its last packet arrived, `performance.now()`; absent where the browser does not tell. */
  readonly receiveTime?: number | undefined;
  /** 90 kHz ticks, 32 bits. */
  readonly rtpTimestamp?: number | undefined;
}

/** What a picture is behind its camera's packets when the browser does not tell when they came, milliseconds. */
export const ASSUMED_DELAY_MS = 120;
/** Between pictures until it is known, milliseconds. */
const ASSUMED_INTERVAL_MS = 40;
const WINDOW_MS = 5_000;
const TICKS_PER_MS = 90;
const WRAP = 2 ** 32;
/** A longer step is a gap, not the camera's rate. */
const LONGEST_INTERVAL_MS = 500;

/**
 * Picture time: the time of the pictures on screen, milliseconds, by their RTP time stamps. Results are laid on it by
 * the time stamp of the very picture they are of, or, where that is not known, by when the picture came from the
 * camera: over loopback, when its packets arrived.
 */
export class PictureClock {
  readonly #arrivals = new ArrivalClock(WINDOW_MS);
  #ticks: { last: number; unwrapped: number } | null = null;
  #intervalMs = ASSUMED_INTERVAL_MS;

  /** Between two pictures of the camera, milliseconds. */
  get intervalMs(): number {
    return this.#intervalMs;
  }

  /**
   * The picture time of a picture that is presented now; its wall clock where the browser tells no RTP time.
   * @param nowMs `performance.now()`
   * @param wallMs the wall clock at that moment
   */
  show({ receiveTime, rtpTimestamp }: PictureFacts, nowMs: number, wallMs: number): number {
    const arrivedMs = wallMs - (receiveTime === undefined ? ASSUMED_DELAY_MS : nowMs - receiveTime);
    if (rtpTimestamp === undefined) return arrivedMs;
    const mediaMs = this.#unwrap(rtpTimestamp) / TICKS_PER_MS;
    this.#arrivals.sample(mediaMs, arrivedMs);
    return mediaMs;
  }

  /** The picture time of an RTP time stamp near those on screen; null before the first picture. */
  ofStamp(rtpTimestamp: number): number | null {
    const known = this.#ticks;
    return known === null ? null : (known.unwrapped + stepBetween(known.last, rtpTimestamp)) / TICKS_PER_MS;
  }

  /** The picture time of what arrived from the camera at that wall clock. */
  ofArrival(wallMs: number): number {
    return this.#ticks === null ? wallMs : this.#arrivals.mediaOf(wallMs);
  }

  #unwrap(ticks: number): number {
    const before = this.#ticks;
    if (before === null) {
      this.#ticks = { last: ticks, unwrapped: ticks };
      return ticks;
    }
    const step = stepBetween(before.last, ticks);
    const intervalMs = step / TICKS_PER_MS;
    // Pictures that were not presented make steps of several: the shortest is the rate, and may grow slowly.
    if (intervalMs > 0 && intervalMs < LONGEST_INTERVAL_MS)
      this.#intervalMs = Math.min(intervalMs, this.#intervalMs * 1.02);
    this.#ticks = { last: ticks, unwrapped: before.unwrapped + step };
    return this.#ticks.unwrapped;
  }
}

/** The shorter way round from one time stamp to the other, ticks. */
function stepBetween(from: number, to: number): number {
  const step = (to - from) % WRAP;
  if (step > WRAP / 2) return step - WRAP;
  return step < -WRAP / 2 ? step + WRAP : step;
}
