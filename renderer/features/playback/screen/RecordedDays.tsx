import { useEffect, useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { query } from '../../../data/call';
import { t } from '../../../strings';
import { ChevronIcon, ScheduleIcon } from '../../../ui/icons';
import { IconButton } from '../../../ui/IconButton';
import { dateText, weekdayText } from '../../../ui/timeText';
import { pageOf } from '../../events/time/customSpan';
import '../../events/time/time.css';

export interface RecordedDaysProps {
  readonly cameraIds: readonly string[];
  readonly position: () => number;
  readonly onDay: (from: number, to: number) => void;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const dayKey = (at: number): string => {
  const date = new Date(at);
  return `${String(date.getFullYear())}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
};

/** A calendar of the days that have recordings. */
export function RecordedDays({ cameraIds, position, onDay }: RecordedDaysProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <IconButton label={t('playback.days')}>
        <ScheduleIcon />
      </IconButton>
      <Popover className="menu-popover time-popover" placement="top">
        <Dialog className="time-dialog" aria-label={t('playback.days')}>
          {isOpen ? (
            <DayPage
              cameraIds={cameraIds}
              day={position()}
              onDay={(from, to) => {
                setOpen(false);
                onDay(from, to);
              }}
            />
          ) : null}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function DayPage({
  cameraIds,
  day,
  onDay,
}: {
  readonly cameraIds: readonly string[];
  readonly day: number;
  readonly onDay: RecordedDaysProps['onDay'];
}) {
  const [shown, setShown] = useState(day);
  const [recorded, setRecorded] = useState<ReadonlySet<string> | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void Promise.all(cameraIds.map((device_id) => query('recordings.dates', { device_id })))
      .then((answers) => {
        if (isCurrent) setRecorded(new Set(answers.flatMap(({ dates }) => dates.map(({ date }) => date))));
      })
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [cameraIds]);
  const page = pageOf(shown);
  const month = new Date(shown).getMonth();
  const title = new Intl.DateTimeFormat(document.documentElement.lang || 'en', {
    month: 'long',
    year: 'numeric',
  }).format(shown);
  const turn = (by: 1 | -1) => {
    const date = new Date(shown);
    setShown(new Date(date.getFullYear(), date.getMonth() + by, 1).getTime());
  };
  return (
    <div className="month playback-month" data-testid="recorded-days">
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
      <div className="month-days" role="group" aria-label={t('events.calendar.days', { month: title })}>
        {page.slice(0, 42).map((at, index) => {
          const isRecorded = recorded?.has(dayKey(at)) === true;
          return (
            <button
              key={at}
              type="button"
              className="month-day numeric"
              disabled={recorded !== null && !isRecorded}
              aria-label={isRecorded ? t('playback.dayRecorded', { day: dateText(at) }) : dateText(at)}
              aria-pressed={dayKey(at) === dayKey(day)}
              data-outside={new Date(at).getMonth() === month ? undefined : 'true'}
              data-marked={isRecorded ? 'true' : undefined}
              onClick={() => onDay(at, page[index + 1] ?? at)}
            >
              {new Date(at).getDate()}
            </button>
          );
        })}
      </div>
    </div>
  );
}
