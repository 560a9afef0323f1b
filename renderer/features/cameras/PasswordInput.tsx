import { t } from '../../strings';
import { CheckBox } from '../../ui/CheckBox';
import { SecretInput } from '../../ui/SecretInput';
import type { CameraTask } from './formModel';

export interface PasswordInputProps {
  /** Default: `Password`. */
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
  /** A password is stored: leaving the field empty keeps it, or takes it over into a copy. */
  readonly stored: CameraTask['kind'] | null;
  readonly forget: boolean;
  readonly onForget: (forget: boolean) => void;
}

/** The camera's password. A stored one is never shown: it does not leave the main process. */
export function PasswordInput({
  label,
  value,
  onChange,
  error,
  stored,
  forget,
  onForget,
}: PasswordInputProps) {
  const keeps = stored !== null && !forget;
  return (
    <div>
      <SecretInput
        label={label ?? t('form.password')}
        name="password"
        value={value}
        onChange={onChange}
        error={error}
        {...(keeps ? { hint: t(stored === 'clone' ? 'form.passwordCopied' : 'form.passwordStored') } : {})}
      />
      {stored !== null && value === '' ? (
        <CheckBox
          label={t(stored === 'clone' ? 'form.leavePassword' : 'form.forgetPassword')}
          isSelected={forget}
          onChange={onForget}
        />
      ) : null}
    </div>
  );
}
