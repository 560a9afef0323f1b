import { useEffect } from 'react';
import type { RequestInput, ResponseOf, SubscriptionName } from '../../contract';
import { bridge } from './bridge';

/**
 * Calls `listener` with each value of a subscription while the component is mounted.
 * `listener` must be stable (useCallback or a method of a store); a new one subscribes anew.
 */
export function useSubscription<N extends SubscriptionName>(
  name: N,
  request: RequestInput<N>,
  listener: (value: ResponseOf<N>) => void,
): void {
  const wanted = JSON.stringify(request);
  useEffect(
    () => bridge().subscribe(name, JSON.parse(wanted) as RequestInput<N>, listener),
    [name, wanted, listener],
  );
}
