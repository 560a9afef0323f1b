import { useSyncExternalStore } from 'react';
import { bridge } from '../../../data/bridge';

/** How long a tile shows that its camera had an event, milliseconds. */
const SHOWN_MS = 10_000;

const last = new Map<string, number>();
const listeners = new Set<() => void>();
let stop: (() => void) | null = null;
const timers = new Set<ReturnType<typeof setTimeout>>();

function tell(): void {
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  stop ??= bridge().subscribe('ai-events.stored', {}, ({ events }) => {
    const now = Date.now();
    for (const { camera_id } of events) last.set(camera_id, now);
    tell();
    const timer = setTimeout(() => {
      timers.delete(timer);
      for (const [id, at] of last) if (Date.now() - at >= SHOWN_MS) last.delete(id);
      tell();
    }, SHOWN_MS + 50);
    timers.add(timer);
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = null;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    last.clear();
  };
}

/** Whether the camera had an event a moment ago. One subscription serves all tiles of a window. */
export function useHadEvent(cameraId: string): boolean {
  return useSyncExternalStore(subscribe, () => last.has(cameraId));
}
