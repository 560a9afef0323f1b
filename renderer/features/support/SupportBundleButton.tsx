import { useCallback, useRef, useState } from 'react';
import type { ResponseOf, SupportBundle } from '../../../contract';
import { useMay } from '../../data/SessionProvider';
import { useCommand } from '../../data/useCommand';
import { useSubscription } from '../../data/useSubscription';
import { t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { ExportIcon } from '../../ui/icons';
import { bytesText } from '../../ui/timeText';
import { toast } from '../../ui/toasts';
import './support.css';

/** Saves a support bundle; nothing for those who may not. */
export function SupportBundleButton() {
  return useMay('configure') ? <Allowed /> : null;
}

function Allowed() {
  const create = useCommand('support.create');
  const cancel = useCommand('support.cancel');
  const { running, expect } = useBundle();
  const start = async () => {
    const outcome = await create.run({});
    if (!outcome.ok) toast({ tone: 'bad', title: t('support.failed'), text: outcome.error.message });
    else if (outcome.data.started !== null) expect(outcome.data.started.id);
  };
  if (running === null)
    return (
      <Button isPending={create.running} onPress={() => void start()}>
        <ExportIcon size={16} />
        {t('support.save')}
      </Button>
    );
  return (
    <div className="support-running" role="group" aria-label={t('support.progress')}>
      <Busy text={stepText(running)} />
      <Button onPress={() => void cancel.run({ id: running.id })}>{t('support.cancel')}</Button>
    </div>
  );
}

/** The bundle that is being written. The end of one that was expected is told by a message, once. */
function useBundle() {
  const [running, setRunning] = useState<SupportBundle | null>(null);
  const expected = useRef(new Set<string>());
  const last = useRef<SupportBundle | null>(null);
  const look = useCallback(() => {
    const bundle = last.current;
    if (bundle === null || bundle.state === 'running' || !expected.current.delete(bundle.id)) return;
    tellEnd(bundle);
  }, []);
  const onChange = useCallback(
    ({ bundle }: ResponseOf<'support.state'>) => {
      last.current = bundle;
      setRunning(bundle?.state === 'running' ? bundle : null);
      if (bundle?.state === 'running') expected.current.add(bundle.id);
      look();
    },
    [look],
  );
  useSubscription('support.state', {}, onChange);
  /** A small one may be done before it was ever seen running. */
  const expect = (id: string) => {
    if (last.current?.id === id && last.current.state === 'running') return;
    expected.current.add(id);
    look();
  };
  return { running, expect };
}

function stepText({ step, read, total }: SupportBundle): string {
  if (step === 'collecting') return t('support.collecting');
  return t('support.writing', { percent: total === 0 ? 100 : Math.floor((100 * read) / total) });
}

function tellEnd({ state, file, bytes, message }: SupportBundle): void {
  if (state === 'done')
    toast({ tone: 'ok', title: t('support.done', { size: bytesText(bytes ?? 0) }), text: file });
  else if (state === 'cancelled') toast({ tone: 'info', title: t('support.cancelled') });
  else toast({ tone: 'bad', title: t('support.failed'), ...(message === null ? {} : { text: message }) });
}
