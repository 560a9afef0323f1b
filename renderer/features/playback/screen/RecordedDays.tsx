import { useEffect, useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { MOST_TIMELINE_CAMERAS } from '../../../../contract/playback';
import { query } from '../../../data/call';
import { t } from '../../../strings';
import { ScheduleIcon } from '../../../ui/icons';
import { IconButton } from '../../../ui/IconButton';
import { MonthGrid } from '../../../ui/MonthGrid';
import { dateText } from '../../../ui/timeText';
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
    void Promise.all([
      query('playback.bounds', { camera_ids: cameraIds.slice(0, MOST_TIMELINE_CAMERAS) }),
      ...cameraIds.map((device_id) => query('recordings.dates', { device_id })),
    ])
      .then(([{ last }, ...answers]) => {
        // The day that has just begun: its first file is still being written.
        const newest = last === null ? [] : [dayKey(Date.parse(last))];
        const days = answers.flatMap(({ dates }) => dates.map(({ date }) => date));
        if (isCurrent) setRecorded(new Set([...days, ...newest]));
      })
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [cameraIds]);
  return (
    <MonthGrid
      className="playback-month"
      testId="recorded-days"
      month={shown}
      onTurn={setShown}
      dayOf={(at, end) => {
        const isRecorded = recorded?.has(dayKey(at)) === true;
        return {
          label: isRecorded ? t('playback.dayRecorded', { day: dateText(at) }) : dateText(at),
          isChosen: dayKey(at) === dayKey(day),
          isMarked: isRecorded,
          disabled: recorded !== null && !isRecorded,
          onPress: () => onDay(at, end),
        };
      }}
    />
  );
}
