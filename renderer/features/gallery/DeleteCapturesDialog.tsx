import type { Capture } from '../../../contract';
import { plural, t } from '../../strings';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { captureName } from './captureText';

/** More than this are counted. */
const MOST_NAMED = 50;

export interface DeleteCapturesDialogProps {
  readonly captures: readonly Capture[];
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** One question for all of them, which names each. */
export function DeleteCapturesDialog({ captures, isBusy, onConfirm, onClose }: DeleteCapturesDialogProps) {
  const more = captures.length - MOST_NAMED;
  return (
    <ConfirmDialog
      title={plural('gallery.deleteTitle', captures.length)}
      action={plural('gallery.deleteAction', captures.length)}
      look="danger"
      isBusy={isBusy}
      onConfirm={onConfirm}
      onCancel={onClose}
    >
      {/* Reachable with the keyboard, since it scrolls. */}
      <ul className="gallery-delete-names" tabIndex={0} aria-label={t('gallery.deleteList')}>
        {captures.slice(0, MOST_NAMED).map((capture) => (
          <li key={capture.id}>{captureName(capture)}</li>
        ))}
        {more > 0 ? <li>{plural('gallery.deleteMore', more)}</li> : null}
      </ul>
      <p>{t('gallery.deleteText')}</p>
    </ConfirmDialog>
  );
}
