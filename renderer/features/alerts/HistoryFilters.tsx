import type { Dispatch } from 'react';
import { useDevices } from '../../data/DevicesProvider';
import { t } from '../../strings';
import { CheckBox } from '../../ui/CheckBox';
import { SelectInput } from '../../ui/SelectInput';
import { KINDS } from './kinds';
import type { FilterChoice } from './historyFilter';
import { PERIODS } from './historyFilter';

export interface HistoryFiltersProps {
  readonly choice: FilterChoice;
  readonly onChange: Dispatch<FilterChoice>;
}

/** What of the history is shown. */
export function HistoryFilters({ choice, onChange }: HistoryFiltersProps) {
  const { devices } = useDevices();
  return (
    <div className="history-filters">
      <SelectInput
        label={t('history.kind')}
        labelHidden
        value={choice.kind}
        isSet={choice.kind !== 'all'}
        options={[
          { value: 'all', label: t('history.allKinds') },
          ...KINDS.map((kind) => ({ value: kind, label: t(`alertKind.${kind}`) })),
        ]}
        onChange={(kind) => onChange({ ...choice, kind })}
      />
      <SelectInput
        label={t('history.camera')}
        labelHidden
        value={choice.cameraId}
        isSet={choice.cameraId !== 'all'}
        options={[
          { value: 'all', label: t('history.allCameras') },
          ...(devices ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(cameraId) => onChange({ ...choice, cameraId })}
      />
      <SelectInput
        label={t('history.period')}
        labelHidden
        value={choice.period}
        isSet={choice.period !== 'allTime'}
        options={PERIODS.map((period) => ({ value: period, label: t(`history.${period}`) }))}
        onChange={(period) => onChange({ ...choice, period })}
      />
      <CheckBox
        label={t('history.onlyOpen')}
        isSelected={choice.onlyOpen}
        onChange={(onlyOpen) => onChange({ ...choice, onlyOpen })}
      />
    </div>
  );
}
