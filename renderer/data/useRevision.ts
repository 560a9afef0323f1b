import { useCallback, useRef } from 'react';
import { useSubscription } from './useSubscription';

/** Fetches anew whenever a list was changed by anybody, in this window or another one. */
export function useRevision(channel: 'devices.revision' | 'layouts.revision', refetch: () => void): void {
  const seen = useRef<number | null>(null);
  const changed = useCallback(
    ({ revision }: { readonly revision: number }) => {
      // The first value only says where counting begins: the list was asked for at the same time.
      if (seen.current !== null && seen.current !== revision) refetch();
      seen.current = revision;
    },
    [refetch],
  );
  useSubscription(channel, {}, changed);
}
