import { useCallback, useEffect, useRef, useState } from 'react';
import type { EvidenceExport } from '../../../contract';
import { useMay } from '../../data/SessionProvider';
import { useSubscription } from '../../data/useSubscription';
import { t } from '../../strings';
import { toast } from '../../ui/toasts';
import { evidenceDialogs } from './evidenceDialogs';
import { EvidenceProgress } from './EvidenceProgress';
import './evidence.css';

/** Tells what came of exports whose dialog was closed, and which ones the last end of the application interrupted. */
export function ExportWatch() {
  return useMay('export') ? <Watch /> : null;
}

function Watch() {
  const [exports, setExports] = useState<readonly EvidenceExport[]>([]);
  const [shown, show] = useState<string | null>(null);
  const before = useRef(new Map<string, EvidenceExport['state']>());
  const onExports = useCallback((value: { exports: readonly EvidenceExport[] }) => {
    setExports(value.exports);
    for (const { id, state } of value.exports) {
      const was = before.current.get(id);
      before.current.set(id, state);
      const isNews = state === 'interrupted' ? was === undefined : was === 'running' && state !== was;
      if (!isNews || state === 'running' || state === 'cancelled' || evidenceDialogs.isOpen()) continue;
      toast({
        tone: state === 'done' ? 'ok' : state === 'failed' ? 'bad' : 'warn',
        title: t(`evidence.${state}`),
        action: { label: t('evidence.show'), onPress: () => show(id) },
      });
    }
  }, []);
  useSubscription('evidence.exports', {}, onExports);
  const current = exports.find(({ id }) => id === shown);
  return current === undefined ? null : <Shown current={current} onClose={() => show(null)} />;
}

function Shown({ current, onClose }: { readonly current: EvidenceExport; readonly onClose: () => void }) {
  useEffect(() => evidenceDialogs.opened(), []);
  return <EvidenceProgress current={current} onAnother={null} onClose={onClose} />;
}
