import { useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { errorCode } from '../../../data/call';
import { t } from '../../../strings';
import { Busy } from '../../../ui/Busy';
import { Button } from '../../../ui/Button';
import { CheckBox } from '../../../ui/CheckBox';
import { Dialog } from '../../../ui/Dialog';
import { FailureNotice } from '../../../ui/FailureNotice';
import { momentText } from '../../../ui/timeText';
import { ConsentDialog } from '../../cameras/ConsentDialog';
import { ChangesTable } from './ChangesTable';
import { PassphraseStep } from './PassphraseStep';
import { useRestore } from './useRestore';

export type OpenedBackup = NonNullable<ResponseOf<'backup.open'>['opened']>;

export interface RestoreDialogProps {
  readonly opened: OpenedBackup;
  readonly onRestored: (kept: string) => void;
  readonly onClose: () => void;
}

/** Shows what a backup would change, asks, and restores it. */
export function RestoreDialog({ opened, onRestored, onClose }: RestoreDialogProps) {
  /** Null: not asked yet; undefined: without passwords. */
  const [passphrase, setPassphrase] = useState<string | null | undefined>(
    opened.has_passwords ? null : undefined,
  );
  const [removeMissing, setRemoveMissing] = useState(false);
  const restoring = useRestore(opened.token, passphrase ?? undefined, removeMissing, passphrase !== null);
  const { preview, error, running } = restoring;
  const wrong = error !== null && errorCode(error) === 'wrong_passphrase';
  // The question stays until its answer is known to be right.
  const trying = typeof passphrase === 'string' && preview === null && error === null;
  const asksPassphrase = passphrase === null || wrong || (trying && !restoring.needsConsent);
  const at = Date.parse(opened.created_at);
  const restore = async () => {
    const kept = await restoring.restore();
    if (kept !== null) onRestored(kept);
  };
  return (
    <Dialog
      size="large"
      title={t('backup.restoreTitle', { time: momentText(at) })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          {asksPassphrase ? null : (
            <Button
              look="primary"
              isDisabled={preview === null}
              isPending={running}
              onPress={() => void restore()}
            >
              {t('backup.restoreAction')}
            </Button>
          )}
        </>
      }
    >
      <div className="restore">
        <dl className="restore-facts">
          <dt>{t('backup.from')}</dt>
          <dd>{opened.path}</dd>
          <dt>{t('backup.madeBy')}</dt>
          <dd>{opened.application}</dd>
        </dl>
        {asksPassphrase ? (
          <PassphraseStep
            isBusy={running}
            error={wrong ? error.message : null}
            onPassphrase={setPassphrase}
            onWithout={() => setPassphrase(undefined)}
          />
        ) : (
          <>
            <div>
              <CheckBox
                label={t('backup.removeMissing')}
                isSelected={removeMissing}
                onChange={setRemoveMissing}
              />
              <p className="setting-hint">{t('backup.removeHint')}</p>
            </div>
            {preview === null && error === null ? <Busy text={t('backup.looking')} /> : null}
            {preview === null ? null : <ChangesTable sections={preview.sections} />}
            {preview === null ? null : <p className="setting-hint">{t('backup.interrupts')}</p>}
            <FailureNotice title={t('backup.restoreFailed')} error={error} />
          </>
        )}
      </div>
      {restoring.needsConsent ? (
        <ConsentDialog isBusy={running} onAgree={restoring.agree} onCancel={() => setPassphrase(undefined)} />
      ) : null}
    </Dialog>
  );
}
