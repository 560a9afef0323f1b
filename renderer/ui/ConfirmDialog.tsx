import type { ReactNode } from 'react';
import { t } from '../strings';
import { Button } from './Button';
import { Dialog } from './Dialog';

export interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Names the action, such as `Delete camera`. */
  readonly action: string;
  readonly cancel?: string;
  readonly look?: 'primary' | 'danger';
  readonly isBusy?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something is done; Escape and the focused button both leave everything as it is. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog
      title={props.title}
      role="alertdialog"
      onClose={props.onCancel}
      footer={
        <>
          <Button autoFocus onPress={props.onCancel}>
            {props.cancel ?? t('common.cancel')}
          </Button>
          <Button look={props.look ?? 'primary'} isPending={props.isBusy ?? false} onPress={props.onConfirm}>
            {props.action}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}
