import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let second = Math.floor(Date.now() / 1000);

/** Runs on the full second, so that all clocks and countdowns of a window change together. */
function tick() {
  second = Math.floor(Date.now() / 1000);
  for (const listener of listeners) listener();
  schedule();
}

function schedule() {
  // A timer may fire a moment early; without the extra milliseconds a second would be shown twice.
  timer = listeners.size === 0 ? undefined : setTimeout(tick, 1005 - (Date.now() % 1000));
}

/** Calls at each full second until it is ended by what it returns. */
export function onSecond(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

/** The wall clock in whole seconds since the epoch. */
export function nowSeconds(): number {
  if (timer === undefined) second = Math.floor(Date.now() / 1000);
  return second;
}

/** The wall clock in whole seconds since the epoch; renders again each second. */
export function useNowSeconds(): number {
  return useSyncExternalStore(onSecond, nowSeconds);
}
