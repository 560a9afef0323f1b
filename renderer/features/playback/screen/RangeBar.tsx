import { useState } from 'react';
import { command, toCallError } from '../../../data/call';
import { useMay } from '../../../data/SessionProvider';
import { plural, t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { ClipIcon, CloseIcon, LockIcon } from '../../../ui/icons';
import { momentBeside, momentText } from '../../../ui/timeText';
import { toast } from '../../../ui/toasts';
import { EvidenceButton } from '../../evidence/EvidenceButton';
import { lengthText } from './lengthText';
import { LockDialog } from './LockDialog';
import type { Selection } from '../timeline/paint';

export interface RangeBarProps {
  readonly selection: Selection;
  /** Cameras that are meant. */
  readonly cameraIds: readonly string[];
  /** The time line has something new to show. */
  readonly onMarked: () => void;
  readonly onClear: () => void;
}

/** The longest clip of the contract, milliseconds. */
const LONGEST_CLIP = 600_000;

/** What can be done with a marked range. */
export function RangeBar({ selection, cameraIds, onMarked, onClear }: RangeBarProps) {
  const [isSaving, setSaving] = useState(false);
  const [isLocking, setLocking] = useState(false);
  const mayLock = useMay('lock');
  const { from, to } = selection;
  if (from === null && to === null) return null;
  const isWhole = from !== null && to !== null;
  const length = isWhole ? to - from : 0;
  const save = async () => {
    if (!isWhole) return;
    setSaving(true);
    const center_timestamp = new Date((from + to) / 2).toISOString();
    const duration = Math.max(1, length / 1000);
    const results = await Promise.allSettled(
      cameraIds.map((device_id) =>
        command('bookmarks.capture-historical', { device_id, center_timestamp, duration }),
      ),
    );
    setSaving(false);
    const saved = results.filter(({ status }) => status === 'fulfilled').length;
    const failed = results.find((one) => one.status === 'rejected');
    if (saved > 0) {
      toast({ tone: 'ok', title: plural('playback.clipSaved', saved) });
      onMarked();
    }
    if (failed !== undefined) {
      const { message } = toCallError(failed.reason, 'bookmarks.capture-historical');
      toast({ tone: 'bad', title: t('playback.clipFailed'), text: message });
    }
  };
  return (
    <div className="playback-range" data-testid="playback-range">
      <span className="numeric">
        {isWhole
          ? t('playback.range', {
              from: momentText(from),
              to: momentBeside(to, from),
              length: lengthText(length),
            })
          : t('playback.rangeOpen', { from: momentText(from ?? to ?? 0) })}
      </span>
      {!isWhole ? null : length > LONGEST_CLIP ? (
        <span className="playback-range-hint">{t('playback.clipTooLong')}</span>
      ) : (
        <Button
          needs="capture.create"
          onPress={() => void save()}
          isPending={isSaving}
          isDisabled={isSaving || cameraIds.length === 0}
        >
          <ClipIcon size={16} />
          {plural('playback.clip', cameraIds.length)}
        </Button>
      )}
      {!isWhole || !mayLock ? null : (
        <Button onPress={() => setLocking(true)} isDisabled={cameraIds.length === 0}>
          <LockIcon size={16} />
          {t('playback.lock')}
        </Button>
      )}
      {isWhole && cameraIds.length > 0 ? (
        <EvidenceButton cameraIds={cameraIds} range={() => ({ start: from, end: to })} />
      ) : null}
      {isLocking && isWhole ? (
        <LockDialog
          cameraIds={cameraIds}
          from={from}
          to={to}
          onLocked={onMarked}
          onClose={() => setLocking(false)}
        />
      ) : null}
      <Button look="quiet" onPress={onClear}>
        <CloseIcon size={16} />
        {t('playback.clearRange')}
      </Button>
    </div>
  );
}
