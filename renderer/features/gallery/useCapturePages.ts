import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { CaptureFilter } from '../../../contract';
import { query } from '../../data/call';
import { useSubscription } from '../../data/useSubscription';
import type { CapturePagesState } from './CapturePages';
import { CapturePages } from './CapturePages';

export interface LoadedCaptures {
  readonly pages: CapturePages;
  readonly state: CapturePagesState;
  readonly reload: () => void;
}

/** The captures of a filter, page by page. */
export function useCapturePages(filter: CaptureFilter): LoadedCaptures {
  const [pages] = useState(() => new CapturePages((request) => query('captures.list', request)));
  const state = useSyncExternalStore(pages.subscribe, pages.state);
  const wanted = JSON.stringify(filter);
  const reload = useCallback(() => void pages.start(JSON.parse(wanted) as CaptureFilter), [pages, wanted]);
  useEffect(reload, [reload]);
  const known = useRef<number | null>(null);
  const onRevision = useCallback(
    ({ revision }: { readonly revision: number }) => {
      // The first one tells how it is, not that something changed.
      if (known.current !== null && known.current !== revision) void pages.freshen();
      known.current = revision;
    },
    [pages],
  );
  useSubscription('captures.revision', {}, onRevision);
  return { pages, state, reload };
}
