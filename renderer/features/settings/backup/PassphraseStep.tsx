import { useState } from 'react';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { SecretInput } from '../../../ui/SecretInput';

export interface PassphraseStepProps {
  readonly isBusy: boolean;
  /** The last one was wrong. */
  readonly error: string | null;
  readonly onPassphrase: (passphrase: string) => void;
  readonly onWithout: () => void;
}

/** Asks for the passphrase of a file with passwords. */
export function PassphraseStep({ isBusy, error, onPassphrase, onWithout }: PassphraseStepProps) {
  const [draft, setDraft] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  return (
    <form
      className="backup-form"
      onSubmit={(event) => {
        event.preventDefault();
        setRefused(draft);
        onPassphrase(draft);
      }}
    >
      <p>{t('backup.askPassphrase')}</p>
      <SecretInput
        label={t('backup.passphrase')}
        name="passphrase"
        autoFocus
        value={draft}
        error={draft === refused && !isBusy ? error : null}
        onChange={setDraft}
      />
      <div className="backup-actions">
        <Button type="submit" look="primary" isDisabled={draft === ''} isPending={isBusy}>
          {t(isBusy ? 'backup.opening' : 'backup.open')}
        </Button>
        <Button onPress={onWithout}>{t('backup.without')}</Button>
      </div>
    </form>
  );
}
