import { useState } from 'react';
import type { ResponseOf } from '../../../contract';
import { LEAST_PASSPHRASE } from '../../../contract/backup';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { CheckBox } from '../../ui/CheckBox';
import { Choice } from '../../ui/Choice';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';
import { TextInput } from '../../ui/TextInput';
import { bytesText } from '../../ui/timeText';
import { SecretInput } from '../../ui/SecretInput';
import { CameraChecks } from './CameraChecks';
import { Estimate } from './Estimate';
import { isTwice, toLocalText, typedMoment } from './localTime';

type Folder = NonNullable<ResponseOf<'evidence.choose-folder'>['chosen']>;

export interface EvidenceFormProps {
  readonly cameraIds: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly onStarted: (id: string) => void;
  readonly onClose: () => void;
}

/** Which moment a time means that comes twice; null where it can only be one, or says itself which. */
function timeHint(text: string, at: number | null): string | null {
  if (at === null || !isTwice(at)) return null;
  const time = toLocalText(at);
  return text.trim() === time ? null : t('evidence.timeTwice', { time });
}

/** What goes into a package, why, and where to. */
export function EvidenceForm({ cameraIds, start, end, onStarted, onClose }: EvidenceFormProps) {
  const [cameras, setCameras] = useState<readonly string[]>(cameraIds);
  const [from, setFrom] = useState(() => toLocalText(start));
  const [to, setTo] = useState(() => toLocalText(end));
  const [reason, setReason] = useState('');
  const [rendition, setRendition] = useState<'original' | 'burnt-in'>('original');
  const [isSealed, setSealed] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [folder, setFolder] = useState<Folder | null>(null);
  const [tried, setTried] = useState(false);
  const choose = useCommand('evidence.choose-folder');
  const begin = useCommand('evidence.export');
  const [fromAt, toAt] = [typedMoment(from, start), typedMoment(to, end)];
  const range =
    fromAt === null || toAt === null || toAt <= fromAt
      ? null
      : { start: new Date(fromAt).toISOString(), end: new Date(toAt).toISOString() };
  const error = begin.error ?? choose.error;
  const pick = async () => {
    const picked = await choose.run({});
    if (picked.ok && picked.data.chosen !== null) setFolder(picked.data.chosen);
  };
  const submit = async () => {
    setTried(true);
    const isShort = isSealed && passphrase.length < LEAST_PASSPHRASE;
    if (range === null || folder === null || cameras.length === 0 || reason.trim() === '' || isShort) return;
    const started = await begin.run({
      ...{ camera_ids: [...cameras], ...range, token: folder.token, rendition, reason },
      ...(isSealed ? { passphrase } : {}),
    });
    if (started.ok) onStarted(started.data.id);
  };
  const toHint = timeHint(to, toAt);
  const timeError = (at: number | null) => (at === null ? t('evidence.timeWrong') : null);
  return (
    <Dialog
      title={t('evidence.title')}
      size="large"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isPending={begin.running} onPress={() => void submit()}>
            {t('evidence.start')}
          </Button>
        </>
      }
    >
      <div className="evidence-form">
        <div className="evidence-columns">
          <CameraChecks value={cameras} onChange={setCameras} />
          <div className="evidence-form">
            <TextInput
              label={t('evidence.from')}
              name="from"
              value={from}
              onChange={setFrom}
              error={timeError(fromAt)}
              hint={timeHint(from, fromAt) ?? t('evidence.timeHint')}
            />
            <TextInput
              label={t('evidence.to')}
              name="to"
              value={to}
              onChange={setTo}
              {...(toHint === null ? {} : { hint: toHint })}
              error={
                timeError(toAt) ??
                (fromAt !== null && toAt !== null && toAt <= fromAt ? t('evidence.rangeWrong') : null)
              }
            />
            <Estimate
              {...{ cameraIds: cameras, range, rendition, encrypted: isSealed }}
              freeBytes={folder?.free_bytes ?? null}
            />
          </div>
        </div>
        <TextInput
          label={t('evidence.reason')}
          name="reason"
          value={reason}
          onChange={setReason}
          hint={t('evidence.reasonHint')}
          error={tried && reason.trim() === '' ? t('evidence.reasonMissing') : null}
        />
        <div className="evidence-columns">
          <div>
            <p className="field-label">{t('evidence.rendition')}</p>
            <Choice
              label={t('evidence.rendition')}
              value={rendition}
              choices={[
                { value: 'original', label: t('evidence.original') },
                { value: 'burnt-in', label: t('evidence.burnt-in') },
              ]}
              onChange={setRendition}
            />
            <p className="setting-hint">{t(`evidence.${rendition}Text`)}</p>
          </div>
          <div className="evidence-form">
            <CheckBox label={t('evidence.encrypt')} isSelected={isSealed} onChange={setSealed} />
            {isSealed ? (
              <SecretInput
                label={t('evidence.passphrase')}
                name="passphrase"
                value={passphrase}
                onChange={setPassphrase}
                hint={t('evidence.passphraseHint')}
                error={tried && passphrase.length < LEAST_PASSPHRASE ? t('evidence.passphraseShort') : null}
              />
            ) : null}
          </div>
        </div>
        <div className="evidence-folder">
          <Button isPending={choose.running} onPress={() => void pick()}>
            {t('evidence.chooseFolder')}
          </Button>
          <span className={tried && folder === null ? 'evidence-missing' : 'setting-hint'}>
            {folder === null
              ? t(tried ? 'evidence.folderMissing' : 'evidence.noFolder')
              : t('evidence.free', { path: folder.path, free: bytesText(folder.free_bytes) })}
          </span>
        </div>
        {error === null ? null : (
          <Notice tone="bad" live="alert" title={t('evidence.notStarted')}>
            {error.message}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
