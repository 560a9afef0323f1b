import { useCallback, useEffect, useRef, useState } from 'react';
import type { Alert, RequestInput } from '../../../contract';
import type { CallError } from '../../data/call';
import { query, toCallError } from '../../data/call';
import { joinNewest } from './alertLists';

export type HistoryFilter = Omit<RequestInput<'alerts.history'>, 'cursor' | 'limit'>;

export interface History {
  /** Newest first; null before the first answer. */
  readonly alerts: readonly Alert[] | null;
  readonly error: CallError | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

interface Read {
  readonly key: string;
  readonly alerts: readonly Alert[];
  readonly cursor: string | null;
}

const PAGE = 100;

/** The history, page by page as it is scrolled; `revision` changes when its newest part is another one. */
export function useHistory(filter: HistoryFilter, revision: string): History {
  const key = JSON.stringify(filter);
  const [read, setRead] = useState<Read | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [turn, setTurn] = useState(0);
  const wanted = useRef(key);

  useEffect(() => {
    let isCurrent = true;
    wanted.current = key;
    query('alerts.history', { ...(JSON.parse(key) as HistoryFilter), limit: PAGE }).then(
      (page) => {
        if (!isCurrent) return;
        setError(null);
        setRead((before) => {
          if (before?.key !== key) return { key, alerts: page.alerts, cursor: page.next_cursor };
          const alerts = joinNewest(before.alerts, page.alerts);
          // What was read beyond the first page keeps its own end.
          return {
            key,
            alerts,
            cursor: alerts.length > page.alerts.length ? before.cursor : page.next_cursor,
          };
        });
      },
      (failure: unknown) => {
        if (isCurrent) setError(toCallError(failure, 'alerts.history'));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key, revision, turn]);

  const cursor = read?.key === key ? read.cursor : null;
  const loadMore = useCallback(() => {
    if (cursor === null) return;
    setLoadingMore(true);
    query('alerts.history', { ...(JSON.parse(key) as HistoryFilter), cursor, limit: PAGE })
      .then(
        (page) =>
          setRead((before) =>
            before === null || before.key !== key || before.cursor !== cursor
              ? before
              : { key, alerts: [...before.alerts, ...page.alerts], cursor: page.next_cursor },
          ),
        (failure: unknown) => {
          if (wanted.current === key) setError(toCallError(failure, 'alerts.history'));
        },
      )
      .finally(() => setLoadingMore(false));
  }, [key, cursor]);

  return {
    // While another filter is asked for, the old list would be a wrong answer.
    alerts: read?.key === key ? read.alerts : null,
    error,
    hasMore: cursor !== null,
    isLoadingMore,
    loadMore,
    retry: useCallback(() => setTurn((before) => before + 1), []),
  };
}
