import type { ReactNode } from 'react';
import { ConfirmDialog } from './ConfirmDialog';
import './deleteMany.css';

export interface DeleteManyDialogProps {
  readonly title: string;
  readonly action: string;
  /** Of the list of what goes. */
  readonly listLabel: string;
  /** What goes, one `li` each. */
  readonly names: ReactNode;
  /** Above the list. */
  readonly before?: ReactNode;
  /** Below it. */
  readonly children: ReactNode;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** One question for all that is to be deleted, which names each. */
export function DeleteManyDialog(props: DeleteManyDialogProps) {
  return (
    <ConfirmDialog
      title={props.title}
      action={props.action}
      look="danger"
      isBusy={props.isBusy}
      onConfirm={props.onConfirm}
      onCancel={props.onClose}
    >
      {props.before}
      {/* Reachable with the keyboard, since it scrolls. */}
      <ul className="delete-names" tabIndex={0} aria-label={props.listLabel}>
        {props.names}
      </ul>
      {props.children}
    </ConfirmDialog>
  );
}
