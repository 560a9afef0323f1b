import { useCallback, useRef } from 'react';
import type { Layout } from '../../../../contract';
import type { CallError } from '../../../data/call';
import { useQuery } from '../../../data/useQuery';
import { useSubscription } from '../../../data/useSubscription';

export interface Layouts {
  /** In the operator's order; null until the first answer. */
  readonly layouts: readonly Layout[] | null;
  readonly error: CallError | null;
  readonly refetch: () => void;
}

/** The named layouts, fetched anew whenever any window changed them. */
export function useLayouts(): Layouts {
  const { data, error, refetch } = useQuery('layouts.list', {});
  const seen = useRef<number | null>(null);
  const changed = useCallback(
    ({ revision }: { readonly revision: number }) => {
      // The first value only says where counting begins: the list was asked for at the same time.
      if (seen.current !== null && seen.current !== revision) refetch();
      seen.current = revision;
    },
    [refetch],
  );
  useSubscription('layouts.revision', {}, changed);
  return { layouts: data?.layouts ?? null, error, refetch };
}
