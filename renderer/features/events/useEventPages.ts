import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { AiEventFilter, ResponseOf } from '../../../contract';
import { query } from '../../data/call';
import { useSubscription } from '../../data/useSubscription';
import type { PagesState } from './EventPages';
import { EventPages } from './EventPages';

/** Many events may be stored at once; the list is asked once for all of them. */
const GATHER_MS = 1_000;
/** A snapshot is made a little after its event. */
const MEDIA_AFTER_MS = 4_000;

export interface Pages extends PagesState {
  readonly pages: EventPages;
  readonly reload: () => void;
}

/** The events of a filter, kept up to date. */
export function useEventPages(filter: AiEventFilter): Pages {
  const [pages] = useState(() => new EventPages((request) => query('ai-events.list', request)));
  const state = useSyncExternalStore(pages.subscribe, pages.state);
  const wanted = JSON.stringify(filter);
  useEffect(() => {
    void pages.start(JSON.parse(wanted) as AiEventFilter);
  }, [pages, wanted]);

  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running.values()) clearTimeout(timer);
      running.clear();
    };
  }, []);
  const onStored = useCallback(
    ({ events }: ResponseOf<'ai-events.stored'>) => {
      const { camera_ids: cameras, model_ids: models } = JSON.parse(wanted) as AiEventFilter;
      const concerns = events.some(
        ({ camera_id, model_id }) =>
          cameras?.includes(camera_id) !== false && models?.includes(model_id) !== false,
      );
      if (!concerns) return;
      for (const delay of [GATHER_MS, MEDIA_AFTER_MS]) {
        if (timers.current.has(delay)) continue;
        const timer = setTimeout(() => {
          timers.current.delete(delay);
          void pages.freshen(Date.now());
        }, delay);
        timers.current.set(delay, timer);
      }
    },
    [pages, wanted],
  );
  useSubscription('ai-events.stored', {}, onStored);
  const reload = useCallback(() => void pages.start(JSON.parse(wanted) as AiEventFilter), [pages, wanted]);
  return useMemo(() => ({ ...state, pages, reload }), [state, pages, reload]);
}
