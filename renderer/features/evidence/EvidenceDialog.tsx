import { useCallback, useEffect, useState } from 'react';
import type { EvidenceExport } from '../../../contract';
import { useSubscription } from '../../data/useSubscription';
import { EvidenceForm } from './EvidenceForm';
import { evidenceDialogs } from './evidenceDialogs';
import { EvidenceProgress } from './EvidenceProgress';
import './evidence.css';

export interface EvidenceDialogProps {
  /** Chosen to begin with. */
  readonly cameraIds: readonly string[];
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly onClose: () => void;
}

/**
 * Makes an evidence package of cameras over a range: what it will hold, where it goes, and how far it is. Offered
 * wherever a camera and a time are at hand; shown to those who have the right `export`.
 */
export function EvidenceDialog({ cameraIds, start, end, onClose }: EvidenceDialogProps) {
  const [exports, setExports] = useState<readonly EvidenceExport[]>([]);
  const [shown, show] = useState<string | null | undefined>();
  const onExports = useCallback((value: { exports: readonly EvidenceExport[] }) => {
    setExports(value.exports);
    // One that runs already, or was interrupted, is what somebody who opens this has to see first.
    const waiting = ['running', 'interrupted'].flatMap((wanted) =>
      value.exports.filter(({ state }) => state === wanted),
    )[0];
    if (waiting !== undefined) show((before) => (before === undefined ? waiting.id : before));
  }, []);
  useEffect(() => evidenceDialogs.opened(), []);
  useSubscription('evidence.exports', {}, onExports);
  const current = exports.find(({ id }) => id === shown);
  if (current !== undefined)
    return <EvidenceProgress current={current} onAnother={() => show(null)} onClose={onClose} />;
  return <EvidenceForm cameraIds={cameraIds} start={start} end={end} onStarted={show} onClose={onClose} />;
}
