import type { PassphraseInputProps } from '../settings/backup/PassphraseInput';
import { PassphraseInput } from '../settings/backup/PassphraseInput';

/** A password, hidden unless asked for. */
export function PasswordInput(props: PassphraseInputProps) {
  return <PassphraseInput {...props} />;
}
