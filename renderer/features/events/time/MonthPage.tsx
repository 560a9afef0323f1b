import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useGroups } from '../../cameras/useGroups';
import { useNowSeconds } from '../../../data/useNow';
import { useQuery } from '../../../data/useQuery';
import { t } from '../../../strings';
import { IconButton } from '../../../ui/IconButton';
import { ChevronIcon } from '../../../ui/icons';
import { dateText, weekdayText } from '../../../ui/timeText';
import type { EventsFilter } from '../eventFilter';
import { dayStart, toRequest } from '../eventFilter';
import type { CustomSpan } from './customSpan';
import { pageOf } from './customSpan';

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export interface MonthPageProps {
  /** Days with an event of it are marked, whatever its time; null: none are. */
  readonly marks: EventsFilter | null;
  readonly span: CustomSpan;
  readonly onDay: (day: number) => void;
}

/** A month whose days with matching events are marked. Arrows move by days and weeks. */
export function MonthPage({ marks, span, onDay }: MonthPageProps) {
  const [focused, setFocused] = useState(span.toDay);
  const [isMoved, setMoved] = useState(false);
  const current = useRef<HTMLButtonElement>(null);
  const groups = useGroups().data?.groups ?? [];
  const page = pageOf(focused);
  const days = page.slice(0, 42);
  const { data } = useQuery('ai-events.spans', {
    filter: marks === null ? {} : toRequest({ ...marks, time: 'any' }, groups, 0),
    spans: days
      .slice(0, marks === null ? 1 : days.length)
      .map((day, index) => [new Date(day).toISOString(), new Date(page[index + 1] ?? 0).toISOString()]),
  });
  useEffect(() => {
    if (isMoved) current.current?.focus();
  }, [focused, isMoved]);

  const today = dayStart(useNowSeconds() * 1000);
  const month = new Date(focused).getMonth();
  const title = new Intl.DateTimeFormat(document.documentElement.lang || 'en', {
    month: 'long',
    year: 'numeric',
  }).format(focused);
  const turn = (by: 1 | -1) => {
    const date = new Date(focused);
    setMoved(false);
    setFocused(new Date(date.getFullYear(), date.getMonth() + by, 1).getTime());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setMoved(true);
    setFocused(dayStart(focused, step));
  };
  return (
    <div className="month">
      <div className="month-head">
        <IconButton label={t('events.calendar.previous')} onPress={() => turn(-1)}>
          <ChevronIcon size={16} className="month-back" />
        </IconButton>
        <span className="month-title" role="status">
          {title}
        </span>
        <IconButton label={t('events.calendar.next')} onPress={() => turn(1)}>
          <ChevronIcon size={16} className="month-on" />
        </IconButton>
      </div>
      <div className="month-names" aria-hidden="true">
        {days.slice(0, 7).map((day) => (
          <span key={day}>{weekdayText(day)}</span>
        ))}
      </div>
      <div
        className="month-days"
        role="group"
        aria-label={t('events.calendar.days', { month: title })}
        onKeyDown={onKeyDown}
      >
        {days.map((day, index) => {
          const isMarked = marks !== null && data?.marked[index] === true;
          return (
            <button
              key={day}
              type="button"
              ref={day === focused ? current : null}
              tabIndex={day === focused ? 0 : -1}
              className="month-day numeric"
              aria-label={isMarked ? t('events.calendar.marked', { day: dateText(day) }) : dateText(day)}
              aria-pressed={day >= span.fromDay && day <= span.toDay}
              data-outside={new Date(day).getMonth() === month ? undefined : 'true'}
              data-marked={isMarked ? 'true' : undefined}
              data-today={day === today ? 'true' : undefined}
              onClick={() => {
                setFocused(day);
                onDay(day);
              }}
            >
              {new Date(day).getDate()}
            </button>
          );
        })}
      </div>
    </div>
  );
}
