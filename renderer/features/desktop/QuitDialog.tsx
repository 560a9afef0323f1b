import type { DesktopQuestion } from '../../../contract';
import { useSession } from '../../data/SessionProvider';
import { plural, t } from '../../strings';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import type { Answer } from './DesktopQuestion';
import './desktop.css';

/** Names every camera that stops recording; nothing stops by a slip of the hand. */
export function QuitDialog(props: {
  readonly cameras: DesktopQuestion['cameras'];
  readonly onAnswer: (answer: Answer) => void;
}) {
  const { cameras, onAnswer } = props;
  const seesAll = (useSession()?.cameras.live ?? null) === null;
  return (
    <ConfirmDialog
      title={t('desktop.quitTitle')}
      look="danger"
      action={t('desktop.quitAction')}
      cancel={t('desktop.quitCancel')}
      onConfirm={() => onAnswer('quit')}
      onCancel={() => onAnswer('cancel')}
    >
      {cameras.length === 0 ? null : (
        <>
          <p>{plural('desktop.quitText', cameras.length)}</p>
          {/* A long list scrolls by keyboard, too. */}
          <ul className="quit-cameras" aria-label={t('desktop.quitCameras')} tabIndex={0}>
            {cameras.map((camera) => (
              <li key={camera.id}>{camera.name}</li>
            ))}
          </ul>
        </>
      )}
      {seesAll ? null : <p>{t('desktop.quitUnseen')}</p>}
    </ConfirmDialog>
  );
}
