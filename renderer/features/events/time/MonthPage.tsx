import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useGroups } from '../../cameras/useGroups';
import { useNowSeconds } from '../../../data/useNow';
import { useQuery } from '../../../data/useQuery';
import { t } from '../../../strings';
import { MonthGrid } from '../../../ui/MonthGrid';
import { pageOf } from '../../../ui/monthPage';
import { dateText } from '../../../ui/timeText';
import type { EventsFilter } from '../eventFilter';
import { dayStart, toRequest } from '../eventFilter';
import type { CustomSpan } from './customSpan';

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
  const { data, error, loading } = useQuery('ai-events.spans', {
    filter: marks === null ? {} : toRequest({ ...marks, time: 'any' }, groups, 0),
    spans: days
      .slice(0, marks === null ? 1 : days.length)
      .map((day, index) => [new Date(day).toISOString(), new Date(page[index + 1] ?? 0).toISOString()]),
  });
  // The answer of before stays until there is a new one, but it is about the days of another page.
  const marked = loading || error !== null ? null : data?.marked;
  useEffect(() => {
    if (isMoved) current.current?.focus();
  }, [focused, isMoved]);

  const today = dayStart(useNowSeconds() * 1000);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setMoved(true);
    setFocused(dayStart(focused, step));
  };
  return (
    <MonthGrid
      month={focused}
      onTurn={(first) => {
        setMoved(false);
        setFocused(first);
      }}
      onKeyDown={onKeyDown}
      dayOf={(day, _end, index) => {
        const isMarked = marks !== null && marked?.[index] === true;
        return {
          label: isMarked ? t('events.calendar.marked', { day: dateText(day) }) : dateText(day),
          isChosen: day >= span.fromDay && day <= span.toDay,
          isMarked,
          isToday: day === today,
          ref: day === focused ? current : null,
          tabIndex: day === focused ? 0 : -1,
          onPress: () => {
            setFocused(day);
            onDay(day);
          },
        };
      }}
    />
  );
}
