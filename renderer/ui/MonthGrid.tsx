import type { ButtonHTMLAttributes, KeyboardEvent, Ref } from 'react';
import { t } from '../strings';
import { IconButton } from './IconButton';
import { ChevronIcon } from './icons';
import './month.css';
import { pageOf } from './monthPage';
import { weekdayText } from './timeText';

/** One day of the page: what its button says beside its number, and what it looks like. */
export interface MonthDay extends Pick<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'tabIndex'> {
  readonly label: string;
  readonly isChosen: boolean;
  readonly isMarked: boolean;
  readonly isToday?: boolean;
  readonly ref?: Ref<HTMLButtonElement> | null;
  readonly onPress: () => void;
}

export interface MonthGridProps {
  /** Any moment of the month that is shown. */
  readonly month: number;
  /** Turned to another one: its first day. */
  readonly onTurn: (month: number) => void;
  /** @param end the midnight after it */
  readonly dayOf: (day: number, end: number, index: number) => MonthDay;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly className?: string;
  readonly testId?: string;
}

/** The days of a month, in weeks. */
export function MonthGrid({ month, onTurn, dayOf, onKeyDown, className = '', testId }: MonthGridProps) {
  const page = pageOf(month);
  const shown = new Date(month);
  const title = new Intl.DateTimeFormat(document.documentElement.lang || 'en', {
    month: 'long',
    year: 'numeric',
  }).format(month);
  const turn = (by: 1 | -1) => onTurn(new Date(shown.getFullYear(), shown.getMonth() + by, 1).getTime());
  return (
    <div className={`month ${className}`} data-testid={testId}>
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
        {page.slice(0, 7).map((at) => (
          <span key={at}>{weekdayText(at)}</span>
        ))}
      </div>
      <div
        className="month-days"
        role="group"
        aria-label={t('events.calendar.days', { month: title })}
        onKeyDown={onKeyDown}
      >
        {page.slice(0, 42).map((at, index) => {
          const { label, isChosen, isMarked, isToday, onPress, ...button } = dayOf(
            at,
            page[index + 1] ?? at,
            index,
          );
          return (
            <button
              key={at}
              type="button"
              {...button}
              className="month-day numeric"
              aria-label={label}
              aria-pressed={isChosen}
              data-outside={new Date(at).getMonth() === shown.getMonth() ? undefined : 'true'}
              data-marked={isMarked ? 'true' : undefined}
              data-today={isToday === true ? 'true' : undefined}
              onClick={onPress}
            >
              {new Date(at).getDate()}
            </button>
          );
        })}
      </div>
    </div>
  );
}
