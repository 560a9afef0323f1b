import { useSyncExternalStore } from 'react';
import { nowSeconds, onSecond } from './useNow';

/** Midnight of this day in the workstation's time zone, milliseconds since the epoch; renders again with a new day. */
export function useToday(): number {
  return useSyncExternalStore(onSecond, () => new Date(nowSeconds() * 1000).setHours(0, 0, 0, 0));
}
