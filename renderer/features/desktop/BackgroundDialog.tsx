import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import type { Answer } from './DesktopQuestion';

/** Tells once that closing the window does not end recording, and how to get the window back. */
export function BackgroundDialog(props: {
  readonly tray: boolean;
  readonly onAnswer: (answer: Answer) => void;
}) {
  const { tray, onAnswer } = props;
  return (
    <Dialog
      title={t('desktop.backgroundTitle')}
      onClose={() => onAnswer('cancel')}
      footer={
        <>
          <Button onPress={() => onAnswer('quit')}>{t('desktop.backgroundQuit')}</Button>
          <Button autoFocus look="primary" onPress={() => onAnswer('continue')}>
            {t('desktop.backgroundAction')}
          </Button>
        </>
      }
    >
      <p>{t(tray ? 'desktop.backgroundTray' : 'desktop.backgroundNoTray')}</p>
      <p>{t('desktop.backgroundOnce')}</p>
    </Dialog>
  );
}
