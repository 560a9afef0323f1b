import { useCallback, useEffect, useRef } from 'react';
import type { ResponseOf } from '../../../contract';
import { useSubscription } from '../../data/useSubscription';

/** Many events may be stored at once; they are asked for together. */
const GATHER_MS = 1_000;
/** Snapshots are made a little later than their events, the last one after this. */
const MEDIA_MS = 6_000;

type Stored = ResponseOf<'ai-events.stored'>['events'];

/**
 * Calls `refresh` soon after events were stored, and once more when their snapshots are there.
 * @param concerns stable; whether any of them matters. `refresh` must be stable too.
 */
export function useAfterStored(refresh: () => void, concerns?: (events: Stored) => boolean): void {
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(soon.current);
      clearTimeout(later.current);
      soon.current = undefined;
    },
    [refresh],
  );
  const onStored = useCallback(
    ({ events }: ResponseOf<'ai-events.stored'>) => {
      if (concerns?.(events) === false) return;
      soon.current ??= setTimeout(() => {
        soon.current = undefined;
        refresh();
      }, GATHER_MS);
      clearTimeout(later.current);
      later.current = setTimeout(refresh, MEDIA_MS);
    },
    [refresh, concerns],
  );
  useSubscription('ai-events.stored', {}, onStored);
}
