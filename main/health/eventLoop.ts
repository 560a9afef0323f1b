import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';

/** How often the delay is sampled, milliseconds; it is part of what the histogram records. */
const RESOLUTION_MS = 20;
/**
 * Sampling wakes the processor fifty times a second, so it ends when nobody asks any more: after this long, or
 * after five times the pause between the last two questions where that is less.
 */
const INTEREST_MS = { least: 20_000, most: 60_000, pauses: 5 };

/** Delay of the main process's event loop, milliseconds, resolution subtracted. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const NONE: LoopDelay = { p50: 0, p99: 0, max: 0 };

export interface EventLoopMonitor extends Disposable {
  /** Since the last call; the first call after a while without one begins the measurement and answers zeros. */
  read(): LoopDelay;
  /** The largest delay that was read since the last call of this; 0 while nobody reads. */
  takeWorst(): number;
}

export function monitorEventLoop(clock: Clock): EventLoopMonitor {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let idle: Timer | null = null;
  let worst = 0;
  let askedUs: number | null = null;
  const stop = () => {
    idle?.cancel();
    idle = null;
    histogram.disable();
    histogram.reset();
  };
  const beyond = (ns: number): number => {
    const value = ns / 1e6 - RESOLUTION_MS;
    return Number.isFinite(value) ? Math.max(0, value) : 0;
  };
  return {
    read() {
      const isMeasured = idle !== null && histogram.count > 0;
      const delay = isMeasured
        ? {
            p50: beyond(histogram.percentile(50)),
            p99: beyond(histogram.percentile(99)),
            max: beyond(histogram.max),
          }
        : NONE;
      worst = Math.max(worst, delay.max);
      idle?.cancel();
      const nowUs = clock.monotonicUs();
      idle = clock.after(interestMs(isMeasured && askedUs !== null ? (nowUs - askedUs) / 1000 : null), stop);
      askedUs = nowUs;
      histogram.enable();
      histogram.reset();
      return delay;
    },
    takeWorst() {
      const value = worst;
      worst = 0;
      return value;
    },
    dispose: stop,
  };
}

/** @param pauseMs since the question before; null for the first */
function interestMs(pauseMs: number | null): number {
  const { least, most, pauses } = INTEREST_MS;
  return pauseMs === null ? most : Math.min(most, Math.max(least, pauseMs * pauses));
}
