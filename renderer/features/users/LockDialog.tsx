import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { t } from '../../strings';
import '../../ui/dialog.css';
import { UnlockForm } from './UnlockForm';

/**
 * The locked session over the wall, which goes on, or over nothing where another screen was open. What is behind it
 * cannot be reached.
 */
export function LockDialog({ name }: { readonly name: string }) {
  return (
    <ModalOverlay className="lock-veil" isOpen isKeyboardDismissDisabled>
      <Modal className="lock-frame">
        <Dialog className="lock-panel">
          <Heading slot="title" className="entrance-title">
            {t('lock.title')}
          </Heading>
          <p className="entrance-text">{t('lock.text', { name })}</p>
          <UnlockForm />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
