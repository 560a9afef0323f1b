import type { ReactNode } from 'react';
import { t } from '../../strings';
import { ConfirmDialog } from '../../ui/ConfirmDialog';

export interface DiscardDialogProps {
  readonly onDiscard: () => void;
  readonly onKeep: () => void;
  /** What would be lost. */
  readonly children: ReactNode;
}

/** Asked before what was entered is thrown away. */
export function DiscardDialog({ onDiscard, onKeep, children }: DiscardDialogProps) {
  return (
    <ConfirmDialog
      title={t('form.discardTitle')}
      action={t('form.discard')}
      cancel={t('form.keepEditing')}
      look="danger"
      onConfirm={onDiscard}
      onCancel={onKeep}
    >
      <p>{children}</p>
    </ConfirmDialog>
  );
}
