import { useCallback, useEffect, useState } from 'react';
import type { AuditEntry, AuditFilter } from '../../../contract';
import type { CallError } from '../../data/call';
import { query, toCallError } from '../../data/call';

const PAGE = 100;

interface Read {
  readonly key: string;
  readonly entries: readonly AuditEntry[];
  readonly next: number | null;
}

export interface AuditLog {
  /** Newest first; null before the first answer. */
  readonly entries: readonly AuditEntry[] | null;
  readonly error: CallError | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** The audit log, page by page as it is scrolled. What is read does not move: it is read anew by `retry`. */
export function useAuditLog(filter: AuditFilter): AuditLog {
  const key = JSON.stringify(filter);
  const [read, setRead] = useState<Read | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    query('audit.list', { filter: JSON.parse(key) as AuditFilter, limit: PAGE }).then(
      (page) => {
        if (!isCurrent) return;
        setError(null);
        setRead({ key, entries: page.entries, next: page.next_before });
      },
      (failure: unknown) => {
        if (isCurrent) setError(toCallError(failure, 'audit.list'));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key, turn]);

  const next = read?.key === key ? read.next : null;
  const loadMore = useCallback(() => {
    if (next === null) return;
    setLoadingMore(true);
    query('audit.list', { filter: JSON.parse(key) as AuditFilter, before_seq: next, limit: PAGE })
      .then(
        (page) =>
          setRead((before) =>
            before === null || before.key !== key || before.next !== next
              ? before
              : { key, entries: [...before.entries, ...page.entries], next: page.next_before },
          ),
        (failure: unknown) => setError(toCallError(failure, 'audit.list')),
      )
      .finally(() => setLoadingMore(false));
  }, [key, next]);

  return {
    entries: read?.key === key ? read.entries : null,
    error,
    hasMore: next !== null,
    isLoadingMore,
    loadMore,
    retry: useCallback(() => setTurn((before) => before + 1), []),
  };
}
