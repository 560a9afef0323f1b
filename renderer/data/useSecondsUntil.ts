import { useCallback, useSyncExternalStore } from 'react';
import { secondsUntil } from '../ui/timeText';

/**
 * Whole seconds until a moment, 0 once it has come; null for null. Renders again exactly when the number
 * changes. `until`: milliseconds since the epoch.
 */
export function useSecondsUntil(until: number | null): number | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const schedule = () => {
        const left = until === null ? 0 : until - Date.now();
        if (left <= 0) return;
        // A timer may fire a moment early; without the extra milliseconds the number would be the old one.
        timer = setTimeout(
          () => {
            listener();
            schedule();
          },
          (left % 1000) + 5,
        );
      };
      schedule();
      return () => clearTimeout(timer);
    },
    [until],
  );
  return useSyncExternalStore(subscribe, () => (until === null ? null : secondsUntil(until, Date.now())));
}
