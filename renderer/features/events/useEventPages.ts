import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { AiEventFilter, ResponseOf } from '../../../contract';
import { query } from '../../data/call';
import type { PagesState } from './EventPages';
import { EventPages } from './EventPages';
import { useAfterStored } from './useAfterStored';

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

  const freshen = useCallback(() => void pages.freshen(Date.now()), [pages]);
  const concerns = useCallback(
    (events: ResponseOf<'ai-events.stored'>['events']) => {
      const { camera_ids: cameras, model_ids: models } = JSON.parse(wanted) as AiEventFilter;
      return events.some(
        ({ camera_id, model_id }) =>
          cameras?.includes(camera_id) !== false && models?.includes(model_id) !== false,
      );
    },
    [wanted],
  );
  useAfterStored(freshen, concerns);
  const reload = useCallback(() => void pages.start(JSON.parse(wanted) as AiEventFilter), [pages, wanted]);
  return useMemo(() => ({ ...state, pages, reload }), [state, pages, reload]);
}
