import { useNowSeconds } from '../../data/useNow';
import { t } from '../../strings';
import { clockText, dateText } from '../../ui/timeText';

/** Date and time of this computer, to the second. */
export function WorkstationClock() {
  const now = useNowSeconds() * 1000;
  const time = clockText(now);
  return (
    <div className="clock numeric" role="timer" aria-label={t('clock.label')} data-testid="workstation-clock">
      <span className="clock-date">{dateText(now)}</span>
      {/* Of a size that its text does not change: nothing else is laid out anew each second. */}
      <span className="clock-time" style={{ inlineSize: `${String(time.length)}ch` }}>
        {time}
      </span>
    </div>
  );
}
