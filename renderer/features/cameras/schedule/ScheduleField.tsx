import { useState } from 'react';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { ScheduleIcon } from '../../../ui/icons';
import { ScheduleDialog } from './ScheduleDialog';
import { toWeek } from './week';
import { weekSummary } from './weekText';

export interface ScheduleFieldProps {
  readonly value: string | null;
  readonly onChange: (schedule: string | null) => void;
}

/** When the camera of the form is recorded, with the button that changes it. */
export function ScheduleField({ value, onChange }: ScheduleFieldProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="schedule-field">
      <span className="two-lines">
        <span className="field-label">{t('schedule.field')}</span>
        <span data-testid="schedule-field">{weekSummary(toWeek(value))}</span>
      </span>
      <Button onPress={() => setOpen(true)}>
        <ScheduleIcon size={16} />
        {t('schedule.change')}
      </Button>
      {isOpen ? (
        <ScheduleDialog
          title={t('schedule.title')}
          schedule={value}
          onApply={(schedule) => {
            setOpen(false);
            onChange(schedule);
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
}
