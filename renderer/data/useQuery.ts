import { useCallback, useEffect, useState } from 'react';
import type { QueryName, RequestInput, ResponseOf } from '../../contract';
import { AnswerOrder } from './AnswerOrder';
import type { CallError } from './call';
import { query, toCallError } from './call';

export interface QueryState<T> {
  /** The newest answer; stays while a refetch runs or after it failed. */
  readonly data: T | null;
  /** Why the newest call failed; null when it did not. */
  readonly error: CallError | null;
  readonly loading: boolean;
  readonly refetch: () => void;
}

interface Settled<T> {
  readonly key: string;
  readonly data: T | null;
  readonly error: CallError | null;
}

/** Joins a new answer with the one before, so that what did not change keeps its objects. */
export type Reconcile<T> = (before: T | null, next: T) => T;

/** Asks a query and asks again when the request changes; late answers to older requests are dropped. */
export function useQuery<N extends QueryName>(
  name: N,
  request: RequestInput<N>,
  reconcile?: Reconcile<ResponseOf<N>>,
): QueryState<ResponseOf<N>> {
  const wanted = JSON.stringify([name, request]);
  const [turn, setTurn] = useState(0);
  const [settled, setSettled] = useState<Settled<ResponseOf<N>> | null>(null);
  const [order] = useState(() => new AnswerOrder());
  const key = `${wanted}#${String(turn)}`;

  useEffect(() => {
    const asked = order.ask(wanted);
    const [, parsed] = JSON.parse(wanted) as [N, RequestInput<N>];
    query(name, parsed).then(
      (data) => {
        if (order.counts(asked))
          setSettled((before) => ({
            key,
            data: reconcile?.(before?.data ?? null, data) ?? data,
            error: null,
          }));
      },
      (error: unknown) => {
        if (order.counts(asked))
          setSettled((before) => ({ key, data: before?.data ?? null, error: toCallError(error, name) }));
      },
    );
  }, [name, wanted, key, reconcile, order]);

  const refetch = useCallback(() => setTurn((before) => before + 1), []);
  return {
    data: settled?.data ?? null,
    error: settled?.error ?? null,
    loading: settled?.key !== key,
    refetch,
  };
}
