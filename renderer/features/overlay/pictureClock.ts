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

/** Tells when the picture on screen came from the camera: over loopback, when its packets arrived. */
export class PictureClock {
  readonly #arrivals = new ArrivalClock(WINDOW_MS);
  #ticks: { last: number; unwrapped: number } | null = null;
  #intervalMs = ASSUMED_INTERVAL_MS;

  /** Between two pictures of the camera, milliseconds. */
  get intervalMs(): number {
    return this.#intervalMs;
  }

  /**
   * @param nowMs `performance.now()`
   * @param wallMs the wall clock at that moment
   * @returns wall clock of the picture's arrival, milliseconds since the Unix epoch
   */
  wallOf(picture: PictureFacts, nowMs: number, wallMs: number): number {
    const { receiveTime, rtpTimestamp } = picture;
    const arrived = wallMs - (receiveTime === undefined ? ASSUMED_DELAY_MS : nowMs - receiveTime);
    if (receiveTime === undefined || rtpTimestamp === undefined) return arrived;
    const mediaMs = this.#unwrap(rtpTimestamp) / TICKS_PER_MS;
    this.#arrivals.sample(mediaMs, arrived);
    return this.#arrivals.wallOf(mediaMs);
  }

  #unwrap(ticks: number): number {
    const before = this.#ticks;
    if (before === null) {
      this.#ticks = { last: ticks, unwrapped: ticks };
      return ticks;
    }
    let step = (ticks - before.last) % WRAP;
    if (step > WRAP / 2) step -= WRAP;
    if (step < -WRAP / 2) step += WRAP;
    const intervalMs = step / TICKS_PER_MS;
    // Pictures that were not presented make steps of several: the shortest is the rate, and may grow slowly.
    if (intervalMs > 0 && intervalMs < LONGEST_INTERVAL_MS)
      this.#intervalMs = Math.min(intervalMs, this.#intervalMs * 1.02);
    this.#ticks = { last: ticks, unwrapped: before.unwrapped + step };
    return this.#ticks.unwrapped;
  }
}
