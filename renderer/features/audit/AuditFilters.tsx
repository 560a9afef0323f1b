import { useDevices } from '../../data/DevicesProvider';
import { useQuery } from '../../data/useQuery';
import { t } from '../../strings';
import { SearchInput } from '../../ui/SearchInput';
import { SelectInput } from '../../ui/SelectInput';
import type { AuditChoice } from './auditFilters';
import { PERIODS } from './auditFilters';
import { actionText } from './auditText';

const OUTCOMES = ['done', 'refused', 'failed'] as const;

export interface AuditFiltersProps {
  readonly choice: AuditChoice;
  readonly onChange: (choice: AuditChoice) => void;
}

/** What of the audit log is shown. */
export function AuditFilters({ choice, onChange }: AuditFiltersProps) {
  const { devices } = useDevices();
  const names = useQuery('audit.names', {}).data;
  const actions = (names?.actions ?? [])
    .map((value) => ({ value, label: actionText(value) }))
    .sort((one, other) => one.label.localeCompare(other.label));
  return (
    <div className="audit-filters">
      <SearchInput
        label={t('audit.search')}
        value={choice.text}
        onChange={(text) => onChange({ ...choice, text })}
      />
      <SelectInput
        label={t('audit.user')}
        labelHidden
        value={choice.userId}
        isSet={choice.userId !== 'all'}
        options={[
          { value: 'all', label: t('audit.anyUser') },
          ...(names?.users ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(userId) => onChange({ ...choice, userId })}
      />
      <SelectInput
        label={t('audit.action')}
        labelHidden
        value={choice.action}
        isSet={choice.action !== 'all'}
        options={[{ value: 'all', label: t('audit.anyAction') }, ...actions]}
        onChange={(action) => onChange({ ...choice, action })}
      />
      <SelectInput
        label={t('audit.cameras')}
        labelHidden
        value={choice.cameraId}
        isSet={choice.cameraId !== 'all'}
        options={[
          { value: 'all', label: t('audit.anyCamera') },
          ...(devices ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(cameraId) => onChange({ ...choice, cameraId })}
      />
      <SelectInput
        label={t('audit.outcome')}
        labelHidden
        value={choice.outcome}
        isSet={choice.outcome !== 'all'}
        options={[
          { value: 'all', label: t('audit.anyOutcome') },
          ...OUTCOMES.map((value) => ({ value, label: t(`audit.${value}`) })),
        ]}
        onChange={(outcome) => onChange({ ...choice, outcome })}
      />
      <SelectInput
        label={t('audit.time')}
        labelHidden
        value={choice.period}
        isSet={choice.period !== 'anyTime'}
        options={PERIODS.map((value) => ({ value, label: t(`audit.${value}`) }))}
        onChange={(period) => onChange({ ...choice, period })}
      />
    </div>
  );
}
