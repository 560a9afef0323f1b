import type { StorageFolder } from '../../../../contract';
import { t } from '../../../strings';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';
import { bytesText, momentText } from '../../../ui/timeText';

export interface GiveUpDialogProps {
  /** It is missing. */
  readonly folder: StorageFolder;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

const timeOf = (instant: string | null): string => (instant === null ? '' : momentText(Date.parse(instant)));

/** Says what is lost with a folder whose disk will not come back, before it is given up. */
export function GiveUpDialog({ folder, onConfirm, onCancel }: GiveUpDialogProps) {
  const { path, oldest, newest } = folder;
  if (folder.segments === 0)
    return (
      <ConfirmDialog
        title={t('storage.forgetTitle')}
        action={t('storage.forget')}
        onConfirm={onConfirm}
        onCancel={onCancel}
      >
        <p className="folder-sentence">{t('storage.forgetText', { path })}</p>
      </ConfirmDialog>
    );
  return (
    <ConfirmDialog
      title={t('storage.giveUpTitle', { size: bytesText(folder.recorded_bytes) })}
      action={t('storage.giveUp')}
      look="danger"
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <p className="folder-sentence">
        {t('storage.giveUpText', { path, from: timeOf(oldest), to: timeOf(newest) })}
      </p>
      <p>{t('storage.giveUpMeans')}</p>
    </ConfirmDialog>
  );
}
