import { ProgressBar } from 'react-aria-components';
import type { EvidenceExport } from '../../../contract';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';

export interface EvidenceProgressProps {
  readonly current: EvidenceExport;
  readonly onAnother: () => void;
  readonly onClose: () => void;
}

/** How far a package is, and what came of it. It goes on when the dialog is closed. */
export function EvidenceProgress({ current, onAnother, onClose }: EvidenceProgressProps) {
  const stop = useCommand('evidence.cancel');
  const resume = useCommand('evidence.resume');
  const { id, state, step, files, files_total: total, path, message } = current;
  const isRunning = state === 'running';
  return (
    <Dialog
      title={t('evidence.title')}
      onClose={onClose}
      footer={
        <>
          {isRunning ? (
            <Button onPress={() => void stop.run({ id })}>{t('evidence.stop')}</Button>
          ) : (
            <Button onPress={onAnother}>{t('evidence.another')}</Button>
          )}
          {state === 'cancelled' || state === 'failed' ? (
            <Button onPress={() => void resume.run({ id })}>{t('evidence.resume')}</Button>
          ) : null}
          <Button look="primary" onPress={onClose}>
            {t('evidence.close')}
          </Button>
        </>
      }
    >
      <div className="evidence-form">
        {isRunning ? (
          <ProgressBar aria-label={t('evidence.progress')} value={total === 0 ? 0 : (100 * files) / total}>
            {({ percentage = 0 }) => (
              <>
                <p role="status">
                  {step === 'cutting' ? t('evidence.cutting', { files, total }) : t(`evidence.${step}`)}
                </p>
                <div className="evidence-bar">
                  <div style={{ width: `${String(percentage)}%` }} />
                </div>
              </>
            )}
          </ProgressBar>
        ) : (
          <Notice
            tone={state === 'done' ? 'ok' : state === 'failed' ? 'bad' : 'info'}
            live="status"
            title={t(`evidence.${state}`)}
          >
            {state === 'failed' ? message : state === 'done' ? t('evidence.verifyHint') : null}
          </Notice>
        )}
        <p className="evidence-path">{path}</p>
      </div>
    </Dialog>
  );
}
