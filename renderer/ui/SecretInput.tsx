import { useState } from 'react';
import { t } from '../strings';
import { EyeIcon, EyeOffIcon } from './icons';
import { IconButton } from './IconButton';
import { TextInput } from './TextInput';

export interface SecretInputProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly error?: string | null;
  readonly hint?: string;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
}

/** A password or passphrase, hidden unless asked for. */
export function SecretInput({ hint, autoFocus = false, error = null, ...props }: SecretInputProps) {
  const [isShown, setShown] = useState(false);
  return (
    <TextInput
      {...props}
      error={error}
      autoFocus={autoFocus}
      type={isShown ? 'text' : 'password'}
      {...(hint === undefined ? {} : { hint })}
      trailing={
        <IconButton
          label={isShown ? t('form.hidePassword') : t('form.showPassword')}
          onPress={() => setShown(!isShown)}
        >
          {isShown ? <EyeOffIcon /> : <EyeIcon />}
        </IconButton>
      }
    />
  );
}
