import { useCallback, useEffect, useRef } from 'react';
import type { AiEvent } from '../../../../contract';
import { useQuery } from '../../../data/useQuery';
import { useSubscription } from '../../../data/useSubscription';

const SHOWN = 20;
/** Many events may be stored at once, and their snapshots are made a little later. */
const ASK_AFTER_MS = [1_000, 4_000] as const;

/** The newest events, kept up to date; null before they are known or when they cannot be had. */
export function useRecentEvents(): readonly AiEvent[] | null {
  const { data, refetch } = useQuery('ai-events.list', { limit: SHOWN, with_total: false });
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running.values()) clearTimeout(timer);
      running.clear();
    };
  }, []);
  const onStored = useCallback(() => {
    for (const delay of ASK_AFTER_MS) {
      if (timers.current.has(delay)) continue;
      timers.current.set(
        delay,
        setTimeout(() => {
          timers.current.delete(delay);
          refetch();
        }, delay),
      );
    }
  }, [refetch]);
  useSubscription('ai-events.stored', {}, onStored);
  return data?.events ?? null;
}
