import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Disposable } from '../base/disposable';

/** How often the delay is sampled, milliseconds; it is part of what the histogram records, and cheap. */
const RESOLUTION_MS = 20;

export interface EventLoopMonitor extends Disposable {
  /** 99th percentile of the delay since the last call, milliseconds, resolution subtracted. */
  p99Ms(): number;
}

export function monitorEventLoop(): EventLoopMonitor {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return {
    p99Ms() {
      const value = histogram.percentile(99) / 1e6 - RESOLUTION_MS;
      histogram.reset();
      return Number.isFinite(value) ? Math.max(0, value) : 0;
    },
    dispose: () => void histogram.disable(),
  };
}
