import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';

/** A revision makes every window read the whole list: many changes at once are told together. */
const MIN_INTERVAL_MS = 100;

interface Source {
  onChanged(listener: () => void): Disposable;
}

type Push = (value: { revision: number }) => void;

export interface Revisions extends Disposable {
  /** Pushes the present revision at once and each new one; returns how to stop. */
  subscribe(push: Push): () => void;
}

/** Tells every window that a list is another one, whoever changed it; at most ten times a second. */
export function createRevisions(sources: readonly Source[], clock: Clock): Revisions {
  const listeners = new Set<Push>();
  let revision = 0;
  let lastSentUs = -Infinity;
  let timer: Timer | null = null;

  const send = () => {
    timer = null;
    lastSentUs = clock.monotonicUs();
    for (const push of [...listeners]) push({ revision });
  };
  const changed = () => {
    revision++;
    if (timer) return;
    const waitMs = MIN_INTERVAL_MS - (clock.monotonicUs() - lastSentUs) / 1000;
    if (waitMs <= 0) send();
    else timer = clock.after(waitMs, send);
  };
  const subscriptions = sources.map((source) => source.onChanged(changed));
  return {
    subscribe(push) {
      listeners.add(push);
      push({ revision });
      return () => void listeners.delete(push);
    },
    async dispose() {
      timer?.cancel();
      listeners.clear();
      for (const subscription of subscriptions) await subscription.dispose();
    },
  };
}
