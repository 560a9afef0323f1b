import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { CheckIcon, ChevronIcon, ScheduleIcon } from '../../../ui/icons';
import type { EventsFilter, TimeChoice } from '../eventFilter';
import { TIME_PRESETS } from '../eventFilter';
import { CustomTime } from './CustomTime';
import { timeText } from './timeChoiceText';
import './time.css';

export interface TimeFilterProps {
  readonly time: TimeChoice;
  /** Days of the calendar with an event of it are marked; null: none are. */
  readonly marks: EventsFilter | null;
  readonly onChange: (time: TimeChoice) => void;
}

/** The time of the events: a preset, or days of a calendar that shows where there are any. */
export function TimeFilter({ time, marks, onChange }: TimeFilterProps) {
  const [isOpen, setOpen] = useState(false);
  const choose = (chosen: TimeChoice) => {
    setOpen(false);
    onChange(chosen);
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        className={time === 'any' ? 'event-filter' : 'event-filter event-filter-set'}
        aria-label={`${t('events.filter.time')}: ${timeText(time)}`}
      >
        <ScheduleIcon size={16} />
        {typeof time === 'string' ? timeText(time) : t('events.filter.time')}
        <ChevronIcon size={14} />
      </Button>
      <Popover className="menu-popover time-popover" placement="bottom start">
        <Dialog className="time-dialog" aria-label={t('events.filter.time')}>
          <div className="time-presets">
            {TIME_PRESETS.map((preset) => (
              <Button
                key={preset}
                look="quiet"
                className="time-preset"
                aria-pressed={time === preset}
                onPress={() => choose(preset)}
              >
                {timeText(preset)}
                {time === preset ? <CheckIcon size={14} /> : null}
              </Button>
            ))}
          </div>
          <CustomTime time={time} marks={marks} onChoose={choose} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
