import { useCallback, useRef, useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { useSubscription } from '../../../data/useSubscription';

/**
 * How the event store is; null until the first value.
 * @param onWorks stable; called when it works again after it did not
 */
export function useStoreState(onWorks: () => void): ResponseOf<'ai-events.store'> | null {
  const [state, setState] = useState<ResponseOf<'ai-events.store'> | null>(null);
  const worked = useRef(true);
  const onValue = useCallback(
    (value: ResponseOf<'ai-events.store'>) => {
      setState(value);
      const works = value.state === 'working';
      if (works && !worked.current) onWorks();
      worked.current = works;
    },
    [onWorks],
  );
  useSubscription('ai-events.store', {}, onValue);
  return state;
}
