import type { Device } from '../../../../contract';
import { scheduledOffText } from '../../../data/scheduleText';
import { useStream } from '../../../data/StreamsProvider';
import { t } from '../../../strings';
import { ScheduleIcon } from '../../../ui/icons';

/** Says that the camera's schedule keeps recording off at the moment, where the operator has it on. */
export function ScheduleMark({ device }: { readonly device: Device }) {
  const state = useStream(device.id, 'main')?.state ?? null;
  const text = scheduledOffText(state?.schedule ?? null);
  if (text === null || !device.recording || state?.phase !== 'running') return null;
  return (
    <span className="tile-location tile-schedule" title={text} data-testid="schedule-mark">
      <ScheduleIcon size={14} />
      <span>{t('schedule.mark')}</span>
    </span>
  );
}
