import { useState } from 'react';
import type { ModelCandidate } from '../../../contract';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { CheckBox } from '../../ui/CheckBox';
import { Dialog } from '../../ui/Dialog';
import { FactList } from '../../ui/FactList';
import { FailureNotice } from '../../ui/FailureNotice';
import { Notice } from '../../ui/Notice';
import { bytesText } from '../../ui/timeText';

export interface ImportDialogProps {
  readonly candidate: ModelCandidate;
  readonly onImported: () => void;
  readonly onTry: () => void;
  readonly onClose: () => void;
}

/** What a chosen folder holds, before it is copied. A program in it must be agreed to. */
export function ImportDialog({ candidate, onImported, onTry, onClose }: ImportDialogProps) {
  const { name, program, verified } = candidate;
  const importing = useCommand('model-containers.import');
  const [isAgreed, setAgreed] = useState(false);
  const [isDone, setDone] = useState(false);
  const onImport = async () => {
    // The button stays as it is, so that the keyboard does not lose its place.
    if (importing.running) return;
    const done = await importing.run({ token: candidate.token, accept_program: isAgreed });
    if (!done.ok) return;
    setDone(true);
    onImported();
  };
  return (
    <Dialog
      title={isDone ? t('import.doneTitle', { name }) : t('import.title', { name })}
      onClose={onClose}
      footer={
        isDone ? (
          <>
            <Button onPress={onClose}>{t('common.close')}</Button>
            <Button look="primary" autoFocus onPress={onTry}>
              {t('import.try')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.cancel')}</Button>
            <Button look="primary" isDisabled={program !== null && !isAgreed} onPress={() => void onImport()}>
              {t('import.action')}
            </Button>
          </>
        )
      }
    >
      {isDone ? (
        <p>{t('import.doneText')}</p>
      ) : (
        <>
          {candidate.description === null ? null : <p>{candidate.description}</p>}
          <FactList facts={factsOf(candidate)} />
          {verified ? null : <Notice tone="info">{t('import.unverified')}</Notice>}
          {program === null ? null : (
            <Notice tone="warn" title={t('import.programTitle')}>
              <p>{t('import.programText', { file: program })}</p>
              <CheckBox label={t('import.programAgree')} isSelected={isAgreed} onChange={setAgreed} />
            </Notice>
          )}
          {importing.running ? <Busy text={t('import.running')} /> : null}
          <FailureNotice title={t('import.failed')} error={importing.error} />
        </>
      )}
    </Dialog>
  );
}

function factsOf(candidate: ModelCandidate): (readonly [string, string])[] {
  const { width, height, classes, tasks } = candidate;
  const given = (value: string | null): string =>
    value === null || value === '' ? t('import.unknown') : value;
  return [
    [t('import.id'), candidate.model_id],
    [t('import.version'), candidate.version],
    [t('import.author'), given(candidate.author)],
    [t('import.license'), given(candidate.license)],
    [t('import.tasks'), given(tasks.map((task) => task.replaceAll('_', ' ')).join(', '))],
    [t('import.classes'), classes === 0 ? t('import.unknown') : String(classes)],
    [t('import.input'), t('import.size', { width, height })],
    [t('import.weights'), bytesText(candidate.weights_bytes)],
    [t('import.folder'), candidate.path],
  ];
}
