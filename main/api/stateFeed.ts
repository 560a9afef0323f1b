import type { StreamState } from '../../contract';
import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { DisposableStore } from '../base/disposable';
import type { Kernel } from '../kernel/kernel';
import { streamState } from './streamState';

/** States are pushed at most this often (contract, streams.states). */
const MIN_INTERVAL_MS = 100;

type Push = (value: { streams: StreamState[] }) => void;

export interface StateFeed extends Disposable {
  /** Pushes every stream's state at once and then after each change; returns how to stop. */
  subscribe(push: Push): () => void;
}

/** Gathers changes from ingest, live view and recording into one lossy feed. */
export function createStateFeed(kernel: Kernel, clock: Clock): StateFeed {
  const owned = new DisposableStore();
  const listeners = new Set<Push>();
  let timer: Timer | null = null;
  let lastSentUs = -Infinity;

  const current = () => ({
    streams: kernel.ingest.statuses().map((status) => streamState(status, kernel, clock.wallUs())),
  });
  const send = () => {
    timer = null;
    lastSentUs = clock.monotonicUs();
    const value = current();
    for (const push of listeners) push(value);
  };
  const changed = () => {
    if (listeners.size === 0 || timer) return;
    const waitMs = MIN_INTERVAL_MS - (clock.monotonicUs() - lastSentUs) / 1000;
    if (waitMs <= 0) send();
    else timer = clock.after(waitMs, send);
  };
  owned.add(kernel.ingest.onStatus(changed));
  owned.add(kernel.live.onProducersChanged(changed));
  owned.add(kernel.cameras.onChanged(changed));
  owned.add(kernel.schedule.onChanged(changed));
  owned.defer(() => {
    timer?.cancel();
    listeners.clear();
  });

  return {
    subscribe(push) {
      listeners.add(push);
      push(current());
      return () => void listeners.delete(push);
    },
    dispose: () => owned.dispose(),
  };
}
