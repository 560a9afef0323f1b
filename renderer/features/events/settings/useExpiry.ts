import { useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { useSubscription } from '../../../data/useSubscription';

/** The removal of old events as it is; null until the first value. */
export function useExpiry(): ResponseOf<'ai-events.expiry'> | null {
  const [state, setState] = useState<ResponseOf<'ai-events.expiry'> | null>(null);
  useSubscription('ai-events.expiry', {}, setState);
  return state;
}
