import { useState } from 'react';
import { t } from '../../../strings';
import { EyeIcon, EyeOffIcon } from '../../../ui/icons';
import { IconButton } from '../../../ui/IconButton';
import { TextInput } from '../../../ui/TextInput';

export interface PassphraseInputProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly error?: string | null;
  readonly hint?: string;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
}

/** A passphrase, hidden unless asked for. */
export function PassphraseInput({ hint, autoFocus = false, error = null, ...props }: PassphraseInputProps) {
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
