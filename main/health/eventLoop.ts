import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';

/** How often the delay is sampled, milliseconds; it is part of what the histogram records. */
const RESOLUTION_MS = 20;
/** Sampling wakes the processor fifty times a second, so it ends when nobody asks for this long. */
const INTEREST_MS = 60_000;

export interface EventLoopMonitor extends Disposable {
  /**
   * 99th percentile of the delay since the last call, milliseconds, resolution subtracted. The first call
   * after a while without one begins the measurement and answers 0.
   */
  p99Ms(): number;
}

export function monitorEventLoop(clock: Clock): EventLoopMonitor {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let idle: Timer | null = null;
  const stop = () => {
    idle?.cancel();
    idle = null;
    histogram.disable();
    histogram.reset();
  };
  return {
    p99Ms() {
      const value = idle === null ? 0 : histogram.percentile(99) / 1e6 - RESOLUTION_MS;
      idle?.cancel();
      idle = clock.after(INTEREST_MS, stop);
      histogram.enable();
      histogram.reset();
      return Number.isFinite(value) ? Math.max(0, value) : 0;
    },
    dispose: stop,
  };
}
