import { useState } from 'react';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import type { PresetId, Week } from './week';
import { PRESETS, toSchedule, toWeek } from './week';
import { WeekGrid } from './WeekGrid';
import { weekSummary } from './weekText';

const PRESET_IDS: readonly PresetId[] = ['always', 'working', 'closed', 'nights', 'never'];

export interface ScheduleDialogProps {
  readonly title: string;
  /** As in the contract; null: always. */
  readonly schedule: string | null;
  readonly isBusy?: boolean;
  readonly onApply: (schedule: string | null) => void;
  readonly onClose: () => void;
}

/** Asks when cameras are recorded. */
export function ScheduleDialog({ title, schedule, isBusy = false, onApply, onClose }: ScheduleDialogProps) {
  const [week, setWeek] = useState<Week>(() => toWeek(schedule));
  return (
    <Dialog
      size="large"
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isPending={isBusy} onPress={() => onApply(toSchedule(week))}>
            {t('common.apply')}
          </Button>
        </>
      }
    >
      <div className="week-presets" role="group" aria-label={t('schedule.presets')}>
        {PRESET_IDS.map((id) => (
          <Button key={id} onPress={() => setWeek(PRESETS[id])}>
            {t(`schedule.preset.${id}`)}
          </Button>
        ))}
      </div>
      <WeekGrid week={week} onChange={setWeek} />
      <div className="week-foot">
        <p aria-live="polite" data-testid="schedule-summary">
          {t('schedule.recorded', { when: weekSummary(week) })}
        </p>
        <p className="week-legend">
          <span className="week-sample week-on" />
          {t('schedule.legendOn')}
          <span className="week-sample" />
          {t('schedule.legendOff')}
        </p>
      </div>
      <p className="field-hint">{t('schedule.localTime')}</p>
    </Dialog>
  );
}
