import { t } from '../../../strings';
import { SelectInput } from '../../../ui/SelectInput';
import { TextInput } from '../../../ui/TextInput';
import { Toggle } from '../../../ui/Toggle';
import { GroupField } from '../GroupField';
import { PasswordInput } from '../PasswordInput';
import type { CommonValues } from './entries';

export interface CommonFieldsProps {
  readonly values: CommonValues;
  readonly isDisabled: boolean;
  readonly onChange: (values: CommonValues) => void;
}

/** What counts for all cameras of the list. */
export function CommonFields({ values, isDisabled, onChange }: CommonFieldsProps) {
  const set = (change: Partial<CommonValues>) => onChange({ ...values, ...change });
  return (
    <fieldset className="bulk-common" disabled={isDisabled}>
      <legend className="visually-hidden">{t('bulkAdd.common')}</legend>
      <TextInput
        label={t('bulkAdd.commonUser')}
        name="common-user"
        value={values.username}
        isDisabled={isDisabled}
        onChange={(username) => set({ username })}
      />
      <PasswordInput
        label={t('bulkAdd.commonPassword')}
        value={values.password}
        error={null}
        stored={null}
        forget={false}
        onForget={() => undefined}
        onChange={(password) => set({ password })}
      />
      <SelectInput
        label={t('form.transport')}
        value={values.transport}
        options={[
          { value: 'tcp', label: t('form.tcp') },
          { value: 'udp', label: t('form.udp') },
        ]}
        onChange={(transport) => set({ transport })}
      />
      <GroupField value={values.groups} onChange={(groups) => set({ groups })} />
      <Toggle
        label={t('bulkAdd.commonRecording')}
        isSelected={values.recording}
        isDisabled={isDisabled}
        onChange={(recording) => set({ recording })}
      />
    </fieldset>
  );
}
