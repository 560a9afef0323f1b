import { useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import type { EvidenceExport } from '../../../contract';
import { LEAST_PASSPHRASE } from '../../../contract/backup';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FactList } from '../../ui/FactList';
import { Notice } from '../../ui/Notice';
import { bytesText } from '../../ui/timeText';
import { SecretInput } from '../../ui/SecretInput';
import { rangeText } from './localTime';

export interface EvidenceProgressProps {
  readonly current: EvidenceExport;
  /** Null where there are no cameras at hand to begin another one with. */
  readonly onAnother: (() => void) | null;
  readonly onClose: () => void;
}

const TONES = { done: 'ok', failed: 'bad', interrupted: 'warn', cancelled: 'info', running: 'info' } as const;

/** How far a package is, and what came of it. It goes on when the dialog is closed. */
export function EvidenceProgress({ current, onAnother, onClose }: EvidenceProgressProps) {
  const stop = useCommand('evidence.cancel');
  const resume = useCommand('evidence.resume');
  const discard = useCommand('evidence.discard');
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const { id, state, path, message, needs_passphrase: asks } = current;
  const isRunning = state === 'running';
  const isUnfinished = !isRunning && state !== 'done';
  const error = resume.error ?? discard.error;
  const goOn = async () => {
    setTried(true);
    if (asks && passphrase.length < LEAST_PASSPHRASE) return;
    const done = await resume.run({ id, ...(asks ? { passphrase } : {}) });
    if (done.ok) setPassphrase('');
  };
  const remove = async () => {
    if ((await discard.run({ id })).ok) (onAnother ?? onClose)();
  };
  return (
    <Dialog
      title={t('evidence.title')}
      onClose={onClose}
      footer={
        <>
          {isRunning ? <Button onPress={() => void stop.run({ id })}>{t('evidence.stop')}</Button> : null}
          {isUnfinished ? (
            <Button look="danger" isPending={discard.running} onPress={() => void remove()}>
              {t('evidence.discard')}
            </Button>
          ) : null}
          {state === 'done' && onAnother !== null ? (
            <Button onPress={onAnother}>{t('evidence.another')}</Button>
          ) : null}
          <Button look={isUnfinished ? 'plain' : 'primary'} onPress={onClose}>
            {t('evidence.close')}
          </Button>
          {isUnfinished ? (
            <Button look="primary" isPending={resume.running} onPress={() => void goOn()}>
              {t('evidence.resume')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="evidence-form">
        {isRunning ? (
          <Bar current={current} />
        ) : (
          <Notice tone={TONES[state]} live="status" title={t(`evidence.${state}`)}>
            {state === 'failed' ? message : t(`evidence.${state}Text`)}
          </Notice>
        )}
        <Facts current={current} />
        {isUnfinished && asks ? (
          <SecretInput
            label={t('evidence.passphrase')}
            name="passphrase"
            value={passphrase}
            onChange={setPassphrase}
            hint={t('evidence.passphraseAgain')}
            error={tried && passphrase.length < LEAST_PASSPHRASE ? t('evidence.passphraseShort') : null}
          />
        ) : null}
        {error === null ? null : (
          <Notice tone="bad" live="alert" title={t('evidence.notResumed')}>
            {error.message}
          </Notice>
        )}
        <p className="evidence-path">{path}</p>
      </div>
    </Dialog>
  );
}

function Bar({ current }: { readonly current: EvidenceExport }) {
  const { step, files, files_total: total } = current;
  const share = current.step_share ?? (step === 'cutting' ? files / Math.max(1, total) : null);
  return (
    <ProgressBar
      aria-label={t('evidence.progress')}
      isIndeterminate={share === null}
      value={100 * (share ?? 0)}
    >
      <p role="status">
        {step === 'cutting' ? t('evidence.cutting', { files, total }) : t(`evidence.${step}`)}
      </p>
      <div className="evidence-bar" data-indeterminate={share === null ? 'true' : undefined}>
        <div style={{ width: `${String(100 * (share ?? 1))}%` }} />
      </div>
    </ProgressBar>
  );
}

/** Of which time, how much there is, and why. */
function Facts({ current }: { readonly current: EvidenceExport }) {
  const { start, end, reason, bytes, state } = current;
  const facts = [
    [t('evidence.range'), rangeText(Date.parse(start), Date.parse(end))],
    [t('evidence.reason'), reason],
    [
      t('evidence.size'),
      state === 'done'
        ? bytesText(bytes)
        : t('evidence.sizeOf', { done: bytesText(bytes), total: bytesText(current.bytes_total) }),
    ],
  ] as const;
  return <FactList facts={facts} />;
}
