import type { Capture } from '../../../contract';
import { plural, t } from '../../strings';
import { DeleteManyDialog } from '../../ui/DeleteManyDialog';
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
    <DeleteManyDialog
      title={plural('gallery.deleteTitle', captures.length)}
      action={plural('gallery.deleteAction', captures.length)}
      listLabel={t('gallery.deleteList')}
      names={
        <>
          {captures.slice(0, MOST_NAMED).map((capture) => (
            <li key={capture.id}>{captureName(capture)}</li>
          ))}
          {more > 0 ? <li>{plural('gallery.deleteMore', more)}</li> : null}
        </>
      }
      {...{ isBusy, onConfirm, onClose }}
    >
      <p>{t('gallery.deleteText')}</p>
    </DeleteManyDialog>
  );
}
