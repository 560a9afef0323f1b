import type { Layout } from '../../../../contract';
import type { CallError } from '../../../data/call';
import { useQuery } from '../../../data/useQuery';
import { useRevision } from '../../../data/useRevision';

export interface Layouts {
  /** In the operator's order; null until the first answer. */
  readonly layouts: readonly Layout[] | null;
  readonly error: CallError | null;
  readonly refetch: () => void;
}

/** The named layouts, fetched anew whenever any window changed them. */
export function useLayouts(): Layouts {
  const { data, error, refetch } = useQuery('layouts.list', {});
  useRevision('layouts.revision', refetch);
  return { layouts: data?.layouts ?? null, error, refetch };
}
