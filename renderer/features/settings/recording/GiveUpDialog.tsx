import type { StorageFolder } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';
import { FailureNotice } from '../../../ui/FailureNotice';
import { bytesText, momentText } from '../../../ui/timeText';

export interface GiveUpDialogProps {
  /** It is missing. */
  readonly folder: StorageFolder;
  readonly onClose: () => void;
}

const timeOf = (instant: string | null): string => (instant === null ? '' : momentText(Date.parse(instant)));

/** Says what is lost with a folder whose disk will not come back, and gives it up. */
export function GiveUpDialog({ folder, onClose }: GiveUpDialogProps) {
  const { run, running, error } = useCommand('storage.give-up');
  const { id, path, oldest, newest } = folder;
  const isEmpty = folder.segments === 0;
  const giveUp = async () => {
    const done = await run({ folder_id: id });
    if (done.ok) onClose();
  };
  return (
    <ConfirmDialog
      title={
        isEmpty
          ? t('storage.forgetTitle')
          : t('storage.giveUpTitle', { size: bytesText(folder.recorded_bytes) })
      }
      action={t(isEmpty ? 'storage.forget' : 'storage.giveUp')}
      look={isEmpty ? 'primary' : 'danger'}
      isBusy={running}
      onConfirm={() => void giveUp()}
      onCancel={onClose}
    >
      <p className="folder-sentence">
        {isEmpty
          ? t('storage.forgetText', { path })
          : t('storage.giveUpText', { path, from: timeOf(oldest), to: timeOf(newest) })}
      </p>
      {isEmpty ? null : <p>{t('storage.giveUpMeans')}</p>}
      <FailureNotice title={t('storage.giveUpFailed')} error={error} />
    </ConfirmDialog>
  );
}
