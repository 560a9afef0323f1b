import { useNowSeconds } from '../../data/useNow';
import { t } from '../../strings';
import { clockText, dateText } from '../../ui/timeText';

/** Date and time of this computer, to the second. */
export function WorkstationClock() {
  const now = useNowSeconds() * 1000;
  return (
    <div className="clock numeric" role="timer" aria-label={t('clock.label')} data-testid="workstation-clock">
      <span className="clock-date">{dateText(now)}</span>
      <span className="clock-time">{clockText(now)}</span>
    </div>
  );
}
