import { LEAST_PASSWORD } from '../../../contract/users';
import { t } from '../../strings';
import { SecretInput } from '../../ui/SecretInput';

export interface NewPassword {
  readonly first: string;
  readonly second: string;
}

export const NO_PASSWORD: NewPassword = { first: '', second: '' };

/** Which field is wrong, and how; null when the password can be taken. */
export function problemOf({ first, second }: NewPassword): { field: keyof NewPassword; text: string } | null {
  if (first.length < LEAST_PASSWORD) return { field: 'first', text: t('password.short') };
  if (first !== second) return { field: 'second', text: t('password.differs') };
  return null;
}

export interface NewPasswordFieldsProps {
  readonly value: NewPassword;
  readonly onChange: (value: NewPassword) => void;
  /** Says what is wrong; before the first try it would only disturb. */
  readonly isChecked: boolean;
}

/** A password that is chosen, twice. */
export function NewPasswordFields({ value, onChange, isChecked }: NewPasswordFieldsProps) {
  const problem = isChecked ? problemOf(value) : null;
  const errorOf = (field: keyof NewPassword) => (problem?.field === field ? problem.text : null);
  return (
    <>
      <SecretInput
        label={t('password.new')}
        name="new-password"
        value={value.first}
        onChange={(first) => onChange({ ...value, first })}
        hint={t('password.hint')}
        error={errorOf('first')}
      />
      <SecretInput
        label={t('password.repeat')}
        name="repeat-password"
        value={value.second}
        onChange={(second) => onChange({ ...value, second })}
        error={errorOf('second')}
      />
    </>
  );
}
