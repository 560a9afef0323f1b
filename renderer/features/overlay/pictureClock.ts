/** What requestVideoFrameCallback tells of a picture, as far as it is needed. */
export interface PictureFacts {
  /** When its last packet arrived, `performance.now()`; absent where the browser does not tell. */
  readonly receiveTime?: number | undefined;
  /** 90 kHz ticks, 32 bits. */
  readonly rtpTimestamp?: number | undefined;
}

/** What a picture is behind its camera's packets when the browser does not tell when they came, milliseconds. */
export const ASSUMED_DELAY_MS = 120;
const TICKS_PER_MS = 90;
const WRAP = 2 ** 32;
/** For how long the quickest packet counts: slow enough for key frames, quick enough to follow drift. */
const WINDOW_MS = 5_000;
/** Beyond this the stream was replaced, not delayed. */
const JUMP_MS = 1_000;

/**
 * Tells the wall clock of the pictures of one live view. A picture's packets arrive as soon as the ingest has them,
 * which is the clock that results carry as well; large pictures and bursts arrive later than others, so the quickest
 * arrivals of the last seconds set the clock, and the RTP time tells the steps between pictures exactly.
 * Its memory is a handful of numbers.
 */
export class PictureClock {
  #ticks: { last: number; unwrapped: number } | null = null;
  /** Smallest arrival minus RTP time, of this window and of the one before, milliseconds. */
  #current = Infinity;
  #before = Infinity;
  #windowFrom = 0;

  /**
   * @param nowMs `performance.now()`
   * @param wallMs the wall clock at that moment
   * @returns wall clock of the picture, milliseconds since the Unix epoch
   */
  wallOf(picture: PictureFacts, nowMs: number, wallMs: number): number {
    const { receiveTime, rtpTimestamp } = picture;
    const arrived = wallMs - (receiveTime === undefined ? ASSUMED_DELAY_MS : nowMs - receiveTime);
    if (receiveTime === undefined || rtpTimestamp === undefined) return arrived;
    const mediaMs = this.#unwrap(rtpTimestamp) / TICKS_PER_MS;
    const offset = arrived - mediaMs;
    if (Math.abs(offset - Math.min(this.#current, this.#before)) > JUMP_MS) {
      this.#current = this.#before = offset;
      this.#windowFrom = nowMs;
    }
    if (nowMs - this.#windowFrom > WINDOW_MS) {
      this.#before = this.#current;
      this.#current = Infinity;
      this.#windowFrom = nowMs;
    }
    this.#current = Math.min(this.#current, offset);
    return mediaMs + Math.min(this.#current, this.#before);
  }

  #unwrap(ticks: number): number {
    const before = this.#ticks;
    if (before === null) this.#ticks = { last: ticks, unwrapped: ticks };
    else {
      let step = (ticks - before.last) % WRAP;
      if (step > WRAP / 2) step -= WRAP;
      if (step < -WRAP / 2) step += WRAP;
      this.#ticks = { last: ticks, unwrapped: before.unwrapped + step };
    }
    return this.#ticks?.unwrapped ?? ticks;
  }
}
