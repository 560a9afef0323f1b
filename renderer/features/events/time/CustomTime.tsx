import { useState } from 'react';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { dateText } from '../../../ui/timeText';
import type { EventsFilter, TimeChoice } from '../eventFilter';
import { dayStart } from '../eventFilter';
import { boundsOf, isTime, spanFrom, wholeDay, withDay } from './customSpan';
import { MonthPage } from './MonthPage';

export interface CustomTimeProps {
  readonly time: TimeChoice;
  /** See MonthPage. */
  readonly marks: EventsFilter | null;
  readonly onChoose: (time: TimeChoice) => void;
}

/** From a minute of one day to a minute of another. */
export function CustomTime({ time: chosen, marks, onChoose }: CustomTimeProps) {
  const [span, setSpan] = useState(() =>
    typeof chosen === 'object' ? spanFrom(chosen) : wholeDay(dayStart(Date.now())),
  );
  const bounds = boundsOf(span);
  const areTimes = isTime(span.fromTime) && isTime(span.toTime);
  const field = (kind: 'from' | 'to', day: number, time: string) => (
    <label className="time-bound">
      <span className="field-label">{t(`events.calendar.${kind}`)}</span>
      <span className="time-bound-day numeric">{dateText(day)}</span>
      <input
        type="text"
        inputMode="numeric"
        maxLength={5}
        placeholder={t('events.calendar.timeForm')}
        aria-invalid={!isTime(time)}
        className="time-input numeric"
        aria-label={t(kind === 'from' ? 'events.calendar.fromTime' : 'events.calendar.toTime')}
        value={time}
        onChange={({ currentTarget: { value } }) =>
          setSpan({ ...span, [kind === 'from' ? 'fromTime' : 'toTime']: value })
        }
      />
    </label>
  );
  return (
    <div className="time-custom">
      <MonthPage marks={marks} span={span} onDay={(day) => setSpan(withDay(span, day))} />
      {marks === null ? null : <p className="time-hint">{t('events.calendar.hint')}</p>}
      {field('from', span.fromDay, span.fromTime)}
      {field('to', span.toDay, span.toTime)}
      {bounds === null ? (
        <p className="field-error" role="alert">
          {t(areTimes ? 'events.calendar.backwards' : 'events.calendar.noTime')}
        </p>
      ) : null}
      <Button
        look="primary"
        isDisabled={bounds === null}
        onPress={() => {
          if (bounds !== null) onChoose(bounds);
        }}
      >
        {t('common.apply')}
      </Button>
    </div>
  );
}
