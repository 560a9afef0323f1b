import { t } from '../../strings';
import { TickingText } from '../../ui/TickingText';
import { clockText, dateText } from '../../ui/timeText';

/** Date and time of this computer, to the second. */
export function WorkstationClock() {
  return (
    <div className="clock numeric" role="timer" aria-label={t('clock.label')} data-testid="workstation-clock">
      <TickingText text={dateText} className="clock-date" />
      <TickingText text={clockText} className="clock-time" isSized />
    </div>
  );
}
