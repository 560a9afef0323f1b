import { useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { plural, t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { CheckBox } from '../../../ui/CheckBox';
import { FailureNotice } from '../../../ui/FailureNotice';
import { Notice } from '../../../ui/Notice';
import { bytesText } from '../../../ui/timeText';
import { SettingRow } from '../SettingRow';
import { SecretInput } from '../../../ui/SecretInput';
import { passphraseErrors } from './passphraseModel';

const EMPTY = { passphrase: '', repeated: '' };

/** Writes the configuration into a file; passwords only under a passphrase. */
export function SaveForm() {
  const { run, running, error } = useCommand('backup.create');
  const [withPasswords, setWithPasswords] = useState(false);
  const [draft, setDraft] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState<ResponseOf<'backup.create'>['saved']>(null);
  const errors = passphraseErrors(draft);
  const save = async () => {
    setTried(true);
    setSaved(null);
    if (withPasswords && (errors.passphrase !== null || errors.repeated !== null)) return;
    const done = await run(withPasswords ? { passphrase: draft.passphrase } : {});
    if (!done.ok || done.data.saved === null) return;
    setSaved(done.data.saved);
    setDraft(EMPTY);
    setTried(false);
  };
  return (
    <SettingRow
      title={t('backup.save')}
      hint={t('backup.saveHint')}
      below={
        <>
          <FailureNotice title={t('backup.saveFailed')} error={error} />
          {saved === null ? null : (
            <Notice tone="ok" live="status" title={t('backup.saved', { path: saved.path })}>
              {t('backup.savedText', {
                cameras: plural('backup.cameras', saved.cameras),
                passwords: plural('backup.passwords', saved.passwords),
                size: bytesText(saved.bytes),
              })}
            </Notice>
          )}
        </>
      }
    >
      <form
        className="backup-form"
        aria-label={t('backup.save')}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <CheckBox label={t('backup.withPasswords')} isSelected={withPasswords} onChange={setWithPasswords} />
        {withPasswords ? (
          <>
            <SecretInput
              label={t('backup.passphrase')}
              name="passphrase"
              hint={t('backup.passphraseHint')}
              value={draft.passphrase}
              error={tried ? errors.passphrase : null}
              onChange={(passphrase) => setDraft((now) => ({ ...now, passphrase }))}
            />
            <SecretInput
              label={t('backup.repeat')}
              name="repeated"
              value={draft.repeated}
              error={tried ? errors.repeated : null}
              onChange={(repeated) => setDraft((now) => ({ ...now, repeated }))}
            />
          </>
        ) : null}
        <Button type="submit" isPending={running}>
          {t(running ? 'backup.saving' : 'backup.saveAction')}
        </Button>
      </form>
    </SettingRow>
  );
}
