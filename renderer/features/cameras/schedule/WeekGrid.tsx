import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef, useState } from 'react';
import { DAY_SLOTS } from '../../../../contract/schedule';
import { t } from '../../../strings';
import type { Cell, Week } from './week';
import { isOn, paint } from './week';
import { dayName, slotTime } from './weekText';
import './schedule.css';

const DAYS = [0, 1, 2, 3, 4, 5, 6];
const SLOTS = Array.from({ length: DAY_SLOTS }, (_none, slot) => slot);
/** Every second hour has its name above the grid. */
const NAMED = SLOTS.filter((slot) => slot % 4 === 0);

export interface WeekGridProps {
  readonly week: Week;
  readonly onChange: (week: Week) => void;
}

/** A rectangle that is being painted, over the week as it was before. */
interface Stroke {
  readonly from: Cell;
  readonly on: boolean;
  readonly before: Week;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * A week of half hours, painted by dragging or with the keyboard: arrows move, Space switches, Shift and
 * arrows paint on with what the first half hour became.
 */
export function WeekGrid({ week, onChange }: WeekGridProps) {
  const [at, setAt] = useState<Cell>({ day: 0, slot: 16 });
  const stroke = useRef<Stroke | null>(null);
  const grid = useRef<HTMLDivElement>(null);

  const begin = (cell: Cell, on = !isOn(week, cell)) => {
    stroke.current = { from: cell, on, before: week };
    setAt(cell);
    onChange(paint(week, cell, cell, on));
  };
  const extend = (cell: Cell) => {
    if (stroke.current === null) return;
    const { from, on, before } = stroke.current;
    setAt(cell);
    onChange(paint(before, from, cell, on));
  };
  const cellAt = (event: PointerEvent): Cell | null => {
    const target = document.elementFromPoint(event.clientX, event.clientY);
    if (!(target instanceof HTMLElement) || grid.current?.contains(target) !== true) return null;
    const { day, slot } = target.dataset;
    return day === undefined || slot === undefined ? null : { day: Number(day), slot: Number(slot) };
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const cell = event.button === 0 ? cellAt(event) : null;
    if (cell === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    begin(cell);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (stroke.current === null || event.buttons === 0) return;
    const cell = cellAt(event);
    if (cell !== null && (cell.day !== at.day || cell.slot !== at.slot)) extend(cell);
  };
  const focus = ({ day, slot }: Cell) =>
    grid.current
      ?.querySelector<HTMLElement>(`[data-day="${String(day)}"][data-slot="${String(slot)}"]`)
      ?.focus();

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = STEPS[event.key];
    if (step !== undefined) {
      const next = {
        day: Math.min(6, Math.max(0, at.day + step[0])),
        slot: Math.min(DAY_SLOTS - 1, Math.max(0, at.slot + step[1])),
      };
      if (event.shiftKey) {
        if (stroke.current === null) stroke.current = { from: at, on: isOn(week, at), before: week };
        extend(next);
      } else {
        stroke.current = null;
        setAt(next);
      }
      focus(next);
    } else if (event.key === ' ' || event.key === 'Enter') begin(at);
    else if (event.key === 'Home' || event.key === 'End') {
      const next = { day: at.day, slot: event.key === 'Home' ? 0 : DAY_SLOTS - 1 };
      stroke.current = null;
      setAt(next);
      focus(next);
    } else return;
    event.preventDefault();
  };
  const toggleDay = (day: number) => {
    const isFull = SLOTS.every((slot) => isOn(week, { day, slot }));
    onChange(paint(week, { day, slot: 0 }, { day, slot: DAY_SLOTS - 1 }, !isFull));
  };

  return (
    <div className="week">
      <div className="week-hours numeric" aria-hidden="true">
        {[...NAMED, DAY_SLOTS].map((slot) => (
          <span key={slot}>{slotTime(slot)}</span>
        ))}
      </div>
      <div
        ref={grid}
        role="grid"
        aria-label={t('schedule.grid')}
        aria-describedby="week-keys"
        tabIndex={-1}
        className="week-grid"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          stroke.current = null;
        }}
        onKeyDown={onKeyDown}
      >
        {DAYS.map((day) => (
          <div key={day} role="row" className="week-row">
            <span role="rowheader">
              <button
                type="button"
                className="week-day"
                aria-label={t('schedule.toggleDay', { day: dayName(day) })}
                onKeyDown={(event) => event.stopPropagation()}
                onClick={() => toggleDay(day)}
              >
                {dayName(day)}
              </button>
            </span>
            {SLOTS.map((slot) => {
              const on = isOn(week, { day, slot });
              const isAt = at.day === day && at.slot === slot;
              return (
                <span
                  key={slot}
                  role="gridcell"
                  data-day={day}
                  data-slot={slot}
                  tabIndex={isAt ? 0 : -1}
                  aria-selected={on}
                  aria-label={t('schedule.cell', {
                    day: dayName(day),
                    from: slotTime(slot),
                    to: slotTime(slot + 1),
                  })}
                  className={on ? 'week-cell week-on' : 'week-cell'}
                />
              );
            })}
          </div>
        ))}
      </div>
      <p id="week-keys" className="field-hint">
        {t('schedule.keys')}
      </p>
    </div>
  );
}
