import type { AiEvent } from '../../../../contract';
import { useQuery } from '../../../data/useQuery';
import { useAfterStored } from '../useAfterStored';

const SHOWN = 20;

/** The newest events, kept up to date; null before they are known or when they cannot be had. */
export function useRecentEvents(): readonly AiEvent[] | null {
  const { data, refetch } = useQuery('ai-events.list', { limit: SHOWN, with_total: false });
  useAfterStored(refetch);
  return data?.events ?? null;
}
