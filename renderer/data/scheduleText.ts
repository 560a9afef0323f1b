import type { StreamState } from '../../contract';
import { t } from '../strings';
import { soonText } from '../ui/timeText';

/** `Scheduled off until 08:00`; null while the schedule lets the camera be recorded or there is none. */
export function scheduledOffText(schedule: StreamState['schedule'], now = Date.now()): string | null {
  if (schedule?.off !== true) return null;
  return schedule.until === null
    ? t('schedule.offForGood')
    : t('schedule.offUntil', { time: soonText(Date.parse(schedule.until), now) });
}
