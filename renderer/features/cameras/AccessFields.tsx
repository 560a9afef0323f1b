import { t } from '../../strings';
import { TextInput } from '../../ui/TextInput';
import type { CameraTask, FieldErrors } from './formModel';
import { PasswordInput } from './PasswordInput';

export interface Access {
  readonly username: string;
  readonly password: string;
}

export interface AccessFieldsProps {
  readonly value: Access;
  readonly errors: FieldErrors;
  /** Where the password comes from that is used when none is typed; null when there is none. */
  readonly passwordFrom?: CameraTask['kind'] | null;
  readonly forget?: boolean;
  readonly onForget?: (forget: boolean) => void;
  readonly onChange: (change: Partial<Access>) => void;
}

/** User and password of a camera, side by side. */
export function AccessFields(props: AccessFieldsProps) {
  const { value, errors, onChange } = props;
  return (
    <div className="camera-pair">
      <TextInput
        label={t('form.username')}
        name="username"
        value={value.username}
        error={errors.username ?? null}
        onChange={(username) => onChange({ username })}
      />
      <PasswordInput
        value={value.password}
        error={errors.password ?? null}
        stored={props.passwordFrom ?? null}
        forget={props.forget ?? false}
        onForget={props.onForget ?? (() => undefined)}
        onChange={(password) => onChange({ password })}
      />
    </div>
  );
}
