import { useCallback, useRef, useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { command } from '../../../data/call';
import { useSubscription } from '../../../data/useSubscription';
import { plural, t } from '../../../strings';
import { Busy } from '../../../ui/Busy';
import { Button } from '../../../ui/Button';
import { toast } from '../../../ui/toasts';
import { numberText } from '../numberText';

type EventExport = ResponseOf<'ai-events.exports'>['exports'][number];

/** How far an export has come, while one runs; its end is told by a message. */
export function ExportProgress() {
  const [running, setRunning] = useState<EventExport | null>(null);
  /** The export whose end is no news; undefined before the first value, which tells what was before. */
  const told = useRef<string | null | undefined>(undefined);
  const onChange = useCallback(({ exports: [current] }: ResponseOf<'ai-events.exports'>) => {
    setRunning(current?.state === 'running' ? current : null);
    const isFirst = told.current === undefined;
    told.current ??= null;
    if (current === undefined || current.state === 'running' || told.current === current.id) return;
    told.current = current.id;
    if (!isFirst) tellEnd(current);
  }, []);
  useSubscription('ai-events.exports', {}, onChange);
  if (running === null) return null;
  const count = numberText(running.written);
  return (
    <div className="event-selection" role="group" aria-label={t('export.label')}>
      <Busy
        text={
          running.total === null
            ? t('export.running', { count })
            : t('export.runningOf', { count, total: numberText(running.total) })
        }
      />
      <Button
        className="event-selection-clear"
        onPress={() => void command('ai-events.cancel-export', { id: running.id }).catch(() => undefined)}
      >
        {t('export.cancel')}
      </Button>
    </div>
  );
}

function tellEnd({ state, written, file, message }: EventExport): void {
  if (state === 'done') toast({ tone: 'ok', title: plural('export.done', written), text: file });
  else if (state === 'cancelled') toast({ tone: 'info', title: t('export.cancelled') });
  else toast({ tone: 'bad', title: t('export.failed'), ...(message === null ? {} : { text: message }) });
}
