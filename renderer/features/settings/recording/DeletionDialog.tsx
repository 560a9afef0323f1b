import type { ResponseOf } from '../../../../contract';
import { t } from '../../../strings';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';
import { bytesText, momentText } from '../../../ui/timeText';

export interface DeletionDialogProps {
  readonly preview: ResponseOf<'storage.preview-retention'>;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

const timeOf = (instant: string | null): string => {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? '' : momentText(at);
};

/** Asks before a tighter rule deletes recordings, and says which. */
export function DeletionDialog({ preview, onConfirm, onCancel }: DeletionDialogProps) {
  const size = bytesText(preview.bytes);
  return (
    <ConfirmDialog
      title={t('retention.confirmTitle', { size })}
      action={t('retention.confirm')}
      look="danger"
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <p>
        {t('retention.confirmText', {
          ...{ size, total: bytesText(preview.recorded_bytes) },
          ...{ from: timeOf(preview.from), to: timeOf(preview.to) },
        })}
      </p>
      {preview.bytes > preview.recorded_bytes / 2 ? <p>{t('retention.confirmLarge')}</p> : null}
    </ConfirmDialog>
  );
}
