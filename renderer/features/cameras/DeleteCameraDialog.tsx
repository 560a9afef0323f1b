import type { Device } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { FailureNotice } from '../../ui/FailureNotice';
import { toast } from '../../ui/toasts';

export interface DeleteCameraDialogProps {
  readonly device: Device;
  readonly onClose: () => void;
}

export function DeleteCameraDialog({ device, onClose }: DeleteCameraDialogProps) {
  const { refetch } = useDevices();
  const { run, running, error } = useCommand('devices.delete');
  const remove = async () => {
    const removed = await run({ id: device.id });
    if (!removed.ok) return;
    refetch();
    toast({ tone: 'ok', title: t('delete.done', { name: device.name }) });
    onClose();
  };
  return (
    <ConfirmDialog
      title={t('delete.title', { name: device.name })}
      action={t('delete.action')}
      look="danger"
      isBusy={running}
      onConfirm={() => void remove()}
      onCancel={onClose}
    >
      <p>{t('delete.text', { name: device.name })}</p>
      <p>{t('delete.recordings')}</p>
      <FailureNotice title={t('delete.failed')} error={error} />
    </ConfirmDialog>
  );
}
