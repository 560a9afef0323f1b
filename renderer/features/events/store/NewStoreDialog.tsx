import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';
import { FailureNotice } from '../../../ui/FailureNotice';
import { toast } from '../../../ui/toasts';

export interface NewStoreDialogProps {
  /** Where the store lies. */
  readonly folder: string;
  readonly onStarted: () => void;
  readonly onCancel: () => void;
}

/** Says what starting a new store means, and does it. */
export function NewStoreDialog({ folder, onStarted, onCancel }: NewStoreDialogProps) {
  const { run, running, error } = useCommand('ai-events.start-store');
  const start = async () => {
    const done = await run({});
    if (!done.ok) return;
    const { kept } = done.data;
    toast({
      tone: 'ok',
      title: t('store.started'),
      ...(kept === null ? {} : { text: t('store.keptAs', { file: `${folder}/${kept}` }) }),
    });
    onStarted();
  };
  return (
    <ConfirmDialog
      title={t('store.confirmTitle')}
      action={t('store.startNew')}
      isBusy={running}
      onConfirm={() => void start()}
      onCancel={onCancel}
    >
      <p>{t('store.confirmText')}</p>
      <p>{t('store.confirmKept', { folder })}</p>
      <FailureNotice title={t('store.notStarted')} error={error} />
    </ConfirmDialog>
  );
}
