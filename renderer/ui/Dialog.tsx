import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import './dialog.css';

export interface DialogProps {
  readonly title: string;
  /** `alertdialog` asks a question that must be answered. Default `dialog`. */
  readonly role?: 'dialog' | 'alertdialog';
  readonly size?: 'small' | 'large';
  /** Escape was pressed. */
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, in reading order; the last one is the main action. */
  readonly footer: ReactNode;
}

/** A modal dialog. A click beside it does nothing: nothing that was typed is lost by a slip of the hand. */
export function Dialog({ title, role = 'dialog', size = 'small', onClose, children, footer }: DialogProps) {
  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={`dialog-frame dialog-${size}`}>
        <AriaDialog className="dialog" role={role}>
          <Heading slot="title" className="dialog-title">
            {title}
          </Heading>
          <div className="dialog-body">{children}</div>
          <div className="dialog-footer">{footer}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
