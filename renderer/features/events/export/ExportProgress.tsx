import { useCallback, useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { command } from '../../../data/call';
import { useSubscription } from '../../../data/useSubscription';
import { t } from '../../../strings';
import { Busy } from '../../../ui/Busy';
import { Button } from '../../../ui/Button';
import { numberText } from '../numberText';
import type { EventExport } from './exportEnds';

/** How far an export has come, while one runs; its end is told by EventExportWatch. */
export function ExportProgress() {
  const [running, setRunning] = useState<EventExport | null>(null);
  const onChange = useCallback(
    ({ exports: [current] }: ResponseOf<'ai-events.exports'>) =>
      setRunning(current?.state === 'running' ? current : null),
    [],
  );
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
