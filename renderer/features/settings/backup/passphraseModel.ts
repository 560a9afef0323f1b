import { LEAST_PASSPHRASE } from '../../../../contract/backup';
import { t } from '../../../strings';

export interface PassphraseDraft {
  readonly passphrase: string;
  readonly repeated: string;
}

export interface PassphraseErrors {
  readonly passphrase: string | null;
  readonly repeated: string | null;
}

/** What is wrong with a new passphrase. */
export function passphraseErrors({ passphrase, repeated }: PassphraseDraft): PassphraseErrors {
  return {
    passphrase: passphrase.length < LEAST_PASSPHRASE ? t('backup.tooShort') : null,
    repeated: passphrase === repeated ? null : t('backup.different'),
  };
}
