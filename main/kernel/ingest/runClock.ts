import type { Clock } from '../../base/clock';
import type { StreamClock } from '../streams';
import { DIVERGED_SECONDS } from '../streams';
import { slew, type StreamTime } from './streamTime';

/** How long the first estimate may take the earliest arrival seen, microseconds. */
const SETTLE_US = 2_000_000;
/** Arrivals of this time decide what the estimate is slewed towards, microseconds. */
const WINDOW_US = 5_000_000;
/** The map may be this much ahead of the present: it follows a camera whose clock is fast only slowly, microseconds. */
const AHEAD_US = 1_000_000;
/** Pictures may have come since the clock heard of arrivals last, seconds. */
const MARGIN_SECONDS = 1;

/**
 * Maps the media time of one FFmpeg run to the wall clock. The camera's pictures arrive late by a varying
 * delay, so the earliest arrival counts: the smallest difference of arrival and media time. After the first
 * seconds the map only slews (by at most 500 ppm), following the drift of the camera's clock and the stream's
 * wall clock. It never goes backwards, never before the end of the run before, and never beyond the present: a camera
 * whose clock is set sends time stamps of hours to come, and they must not carry footage into the future.
 */
export class RunClock implements StreamClock {
  readonly #clock: Clock;
  readonly #time: StreamTime;
  readonly #floorUs: number;
  readonly #window: { atUs: number; differenceUs: number }[] = [];
  #offsetUs: number;
  /** As `#offsetUs`, had there been no run before. */
  #freeOffsetUs: number;
  /** How far the newest arrival was ahead of what can be, microseconds; null when it was not. */
  #strayUs: number | null = null;
  /** Media times beyond this one are of no time, seconds; null as long as all are believed. */
  #trueUntilSeconds: number | null = null;
  #firstSampleUs: number | null = null;
  #updatedUs: number;
  #newestMediaSeconds = 0;
  #last: { media: number; wallUs: number } | null = null;

  /** @param floorUs wall clock at which the run before ended, microseconds */
  constructor(clock: Clock, time: StreamTime, floorUs: number) {
    this.#clock = clock;
    this.#time = time;
    this.#floorUs = floorUs;
    this.#updatedUs = clock.monotonicUs();
    this.#offsetUs = Math.max(floorUs, time.nowUs());
    this.#freeOffsetUs = this.#offsetUs;
  }

  /** Media up to `mediaSeconds` has arrived now. */
  sample(mediaSeconds: number): void {
    const nowUs = this.#clock.monotonicUs();
    const differenceUs = this.#time.nowUs() - mediaSeconds * 1e6;
    this.#strayUs = this.trueUntil(mediaSeconds) === null ? null : this.#freeOffsetUs - differenceUs;
    if (this.#strayUs !== null) return;
    this.#newestMediaSeconds = Math.max(this.#newestMediaSeconds, mediaSeconds);
    while (this.#window[0] && this.#window[0].atUs < nowUs - WINDOW_US) this.#window.shift();
    this.#window.push({ atUs: nowUs, differenceUs });
    if (this.#firstSampleUs === null) {
      this.#firstSampleUs = nowUs;
      this.#offsetUs = Math.max(this.#floorUs, differenceUs);
      this.#freeOffsetUs = differenceUs;
    } else if (nowUs - this.#firstSampleUs <= SETTLE_US) {
      this.#offsetUs = Math.max(this.#floorUs, Math.min(this.#offsetUs, differenceUs));
      this.#freeOffsetUs = Math.min(this.#freeOffsetUs, differenceUs);
    } else {
      const earliest = Math.min(...this.#window.map((entry) => entry.differenceUs));
      this.#offsetUs = slew(this.#offsetUs, earliest, nowUs - this.#updatedUs);
      this.#freeOffsetUs = slew(this.#freeOffsetUs, earliest, nowUs - this.#updatedUs);
    }
    this.#updatedUs = nowUs;
  }

  wallUsAt(mediaSeconds: number): number {
    const mappedUs = Math.min(this.#offsetUs + mediaSeconds * 1e6, this.#latestUs());
    let wallUs = Math.round(Math.max(this.#floorUs, mappedUs));
    // What was told is told: a later answer for later media is never earlier, and the other way round.
    if (this.#last) {
      if (mediaSeconds >= this.#last.media) wallUs = Math.max(wallUs, this.#last.wallUs);
      else wallUs = Math.min(wallUs, this.#last.wallUs);
    }
    if (!this.#last || mediaSeconds > this.#last.media) this.#last = { media: mediaSeconds, wallUs };
    return wallUs;
  }

  trueUntil(mediaSeconds: number): number | null {
    if (this.#firstSampleUs === null) return null;
    const latest = (this.#time.nowUs() - this.#freeOffsetUs) / 1e6;
    if (mediaSeconds > latest + DIVERGED_SECONDS) this.#trueUntilSeconds ??= latest + MARGIN_SECONDS;
    return this.#trueUntilSeconds !== null && mediaSeconds > this.#trueUntilSeconds
      ? this.#trueUntilSeconds
      : null;
  }

  /** Nothing was taken after the present; what was never asked about before any arrival is not bound. */
  #latestUs(): number {
    return this.#firstSampleUs === null ? Number.POSITIVE_INFINITY : this.#time.nowUs() + AHEAD_US;
  }

  /** Wall clock of the end of what has arrived, the floor of the next run; the floor when nothing has. */
  endUs(): number {
    if (this.#firstSampleUs === null && !this.#last) return this.#floorUs;
    return Math.max(this.wallUsAt(this.#newestMediaSeconds), this.#last?.wallUs ?? 0);
  }

  /**
   * How far arrivals are from what the map says, seconds, ignoring a system clock that stepped: positive when
   * pictures arrive later and later (a backlog, or a camera whose clock is slow), negative when the camera's
   * clock runs away.
   */
  divergenceSeconds(): number {
    if (this.#strayUs !== null) return -this.#strayUs / 1e6;
    const newest = this.#window.at(-1);
    return newest ? (newest.differenceUs - this.#offsetUs) / 1e6 : 0;
  }
}
