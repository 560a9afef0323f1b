import type { RequestInput } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';
import { FailureNotice } from '../../../ui/FailureNotice';
import { Notice } from '../../../ui/Notice';
import { bytesText } from '../../../ui/timeText';

export interface Destination {
  readonly request: RequestInput<'storage.use'>;
  readonly path: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly sameDisk: boolean;
}

/** Says what changing the folder means, and does it. */
export function MoveDialog({
  destination,
  onClose,
}: {
  readonly destination: Destination;
  readonly onClose: () => void;
}) {
  const { run, running, error } = useCommand('storage.use');
  const { path, freeBytes, totalBytes } = destination;
  const move = async () => {
    const done = await run(destination.request);
    if (!done.ok) return;
    onClose();
  };
  return (
    <ConfirmDialog
      title={t('storage.confirmTitle')}
      action={t('storage.confirm')}
      isBusy={running}
      onConfirm={() => void move()}
      onCancel={onClose}
    >
      <p className="folder-sentence">{t('storage.confirmText', { path })}</p>
      <p>{t('storage.confirmSpace', { free: bytesText(freeBytes), total: bytesText(totalBytes) })}</p>
      <p>{t('storage.confirmFormer')}</p>
      {destination.sameDisk ? <Notice tone="warn">{t('storage.confirmSameDisk')}</Notice> : null}
      <FailureNotice title={t('storage.useFailed')} error={error} />
    </ConfirmDialog>
  );
}
