import { useCallback, useState } from 'react';
import type { ArchiveCheckState } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { useSubscription } from '../../../data/useSubscription';
import { plural, t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { CheckBox } from '../../../ui/CheckBox';
import type { Tone } from '../../../ui/Notice';
import { FailureNotice } from '../../../ui/FailureNotice';
import { Notice } from '../../../ui/Notice';
import { bytesText } from '../../../ui/timeText';
import { SettingRow } from '../SettingRow';
import { FindingTable } from './FindingTable';

const number = (value: number): string => value.toLocaleString();

/** Proves the archive's invariants beside recording: choice, progress, result. */
export function CheckArchive() {
  const start = useCommand('archive.check');
  const cancel = useCommand('archive.cancel-check');
  const [state, setState] = useState<ArchiveCheckState | null>(null);
  const [hashes, setHashes] = useState(false);
  const [repair, setRepair] = useState(false);
  useSubscription(
    'archive.check-state',
    {},
    useCallback((next: ArchiveCheckState) => setState(next), []),
  );
  const isRunning = state?.phase === 'running';
  return (
    <SettingRow
      title={t('archive.title')}
      hint={t('archive.hint')}
      below={
        <>
          <FailureNotice title={t('archive.startFailed')} error={start.error} />
          {state === null ? null : <Outcome state={state} />}
        </>
      }
    >
      <div className="archive-check">
        {isRunning ? null : (
          <>
            <CheckBox isSelected={hashes} onChange={setHashes} label={t('archive.hashes')} />
            <CheckBox isSelected={repair} onChange={setRepair} label={t('archive.repair')} />
          </>
        )}
        {isRunning ? (
          <Button isPending={cancel.running} onPress={() => void cancel.run({})}>
            {t('archive.cancel')}
          </Button>
        ) : (
          <Button isPending={start.running} onPress={() => void start.run({ hashes, repair })}>
            {t('archive.start')}
          </Button>
        )}
      </div>
    </SettingRow>
  );
}

/** What was put aside is gone from the time line: that is not all well. */
function verdict({ open, findings }: ArchiveCheckState): { tone: Tone; title: string } {
  if (open > 0) return { tone: 'bad', title: plural('archive.wrong', open) };
  const done = findings.filter(({ outcome }) => outcome !== 'open').length;
  if (done > 0) return { tone: 'warn', title: plural('archive.mended', done) };
  return { tone: 'ok', title: t('archive.sound') };
}

function Outcome({ state }: { readonly state: ArchiveCheckState }) {
  const checked = number(state.segments_checked);
  const total = number(state.segments_total);
  const size = bytesText(state.bytes_checked);
  switch (state.phase) {
    case 'idle':
      return null;
    case 'running':
      return (
        <div className="archive-progress" role="status">
          <span>{t('archive.running')}</span>
          <progress
            aria-label={t('archive.running')}
            max={Math.max(1, state.segments_total)}
            value={state.segments_checked}
          />
          <span className="setting-hint">{t('archive.progress', { checked, total, size })}</span>
        </div>
      );
    case 'cancelled':
      return (
        <Notice tone="info" live="status" title={t('archive.cancelled')}>
          {t('archive.cancelledText', { checked, total })}
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="bad" live="alert" title={t('archive.failed')}>
          {state.error}
        </Notice>
      );
    case 'done': {
      const how = t(state.with_hashes ? 'archive.withHashes' : 'archive.withoutHashes');
      return (
        <>
          <Notice {...verdict(state)} live="status">
            {t(state.segments_checked === 1 ? 'archive.checked.one' : 'archive.checked.other', {
              ...{ checked, size, how },
            })}
          </Notice>
          {state.findings.length > 0 ? <FindingTable findings={state.findings} /> : null}
        </>
      );
    }
  }
}
