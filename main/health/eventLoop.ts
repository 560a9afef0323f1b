import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';

/** How often the delay is sampled, milliseconds; it is part of what the histogram records. */
const RESOLUTION_MS = 20;
/** Sampling wakes the processor fifty times a second, so it ends when nobody asks for this long. */
const INTEREST_MS = 60_000;

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
      idle = clock.after(INTEREST_MS, stop);
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
