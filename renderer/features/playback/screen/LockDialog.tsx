import type { FormEvent } from 'react';
import { useState } from 'react';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { TextInput } from '../../../ui/TextInput';
import { toast } from '../../../ui/toasts';

export interface LockDialogProps {
  readonly cameraIds: readonly string[];
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly onLocked: () => void;
  readonly onClose: () => void;
}

/** Keeps a range from being deleted, for a reason. */
export function LockDialog({ cameraIds, from, to, onLocked, onClose }: LockDialogProps) {
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { run, running, error, reset } = useCommand('locks.create');
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (reason.trim() === '') return setMissing(true);
    const locked = await run({
      target: {
        kind: 'range',
        device_ids: [...cameraIds],
        start: new Date(from).toISOString(),
        end: new Date(to).toISOString(),
      },
      reason,
      until: null,
    });
    if (!locked.ok) return;
    toast({ tone: 'ok', title: t('playback.locked') });
    onLocked();
    onClose();
  };
  return (
    <Dialog
      title={t('playback.lockTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isPending={running} onPress={() => void save()}>
            {t('playback.lock')}
          </Button>
        </>
      }
    >
      <form onSubmit={(event) => void save(event)}>
        <TextInput
          label={t('playback.lockReason')}
          name="reason"
          value={reason}
          autoFocus
          error={isMissing ? t('playback.lockReasonMissing') : (error?.message ?? null)}
          onChange={(value) => {
            setReason(value);
            setMissing(false);
            reset();
          }}
        />
      </form>
    </Dialog>
  );
}
