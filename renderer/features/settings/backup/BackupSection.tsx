import { useState } from 'react';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { FailureNotice } from '../../../ui/FailureNotice';
import { Notice } from '../../../ui/Notice';
import { SettingRow } from '../SettingRow';
import type { OpenedBackup } from './RestoreDialog';
import { RestoreDialog } from './RestoreDialog';
import { SaveForm } from './SaveForm';
import './backup.css';

/** The configuration as one file, and back. */
export function BackupSection() {
  const open = useCommand('backup.open');
  const [opened, setOpened] = useState<OpenedBackup | null>(null);
  const [kept, setKept] = useState<string | null>(null);
  const choose = async () => {
    setKept(null);
    const found = await open.run({});
    if (found.ok) setOpened(found.data.opened);
  };
  return (
    <>
      <SaveForm />
      <SettingRow
        title={t('backup.restore')}
        hint={t('backup.restoreHint')}
        below={
          <>
            <FailureNotice title={t('backup.openFailed')} error={open.error} />
            {kept === null ? null : (
              <Notice tone="ok" live="status" title={t('backup.restored')}>
                {t('backup.restoredText', { path: kept })}
              </Notice>
            )}
          </>
        }
      >
        <Button isPending={open.running} onPress={() => void choose()}>
          {t(open.running ? 'backup.choosing' : 'backup.choose')}
        </Button>
      </SettingRow>
      {opened === null ? null : (
        <RestoreDialog
          opened={opened}
          onRestored={(path) => {
            setOpened(null);
            setKept(path);
          }}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
