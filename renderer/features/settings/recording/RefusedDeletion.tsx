import { useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';
import { Notice } from '../../../ui/Notice';
import { bytesText } from '../../../ui/timeText';
import { toast } from '../../../ui/toasts';

export interface RefusedDeletionProps {
  readonly refused: NonNullable<ResponseOf<'storage.list'>['refused_deletion']>;
  readonly onChanged: () => void;
}

/** Says that the rules ask for more than half of everything, and lets somebody confirm it. */
export function RefusedDeletion({ refused, onChanged }: RefusedDeletionProps) {
  const allow = useCommand('storage.allow-deletion');
  const [isAsking, setIsAsking] = useState(false);
  const size = bytesText(refused.bytes);
  const total = bytesText(refused.recorded_bytes);
  const confirm = async () => {
    const done = await allow.run({});
    if (!done.ok) toast({ tone: 'bad', title: t('retention.refusedFailed'), text: done.error.message });
    setIsAsking(false);
    onChanged();
  };
  return (
    <>
      <Notice
        tone="warn"
        live="status"
        title={t('retention.refused')}
        actions={
          <Button look="danger" onPress={() => setIsAsking(true)}>
            {t('retention.refusedAction', { size })}
          </Button>
        }
      >
        {t('retention.refusedText', { size, total })}
      </Notice>
      {isAsking ? (
        <ConfirmDialog
          title={t('retention.refusedTitle', { size })}
          action={t('retention.refusedAction', { size })}
          look="danger"
          isBusy={allow.running}
          onConfirm={() => void confirm()}
          onCancel={() => setIsAsking(false)}
        >
          <p>{t('retention.refusedConfirm', { size, total })}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
