import { useCallback, useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { useMay } from '../../../data/SessionProvider';
import { useSubscription } from '../../../data/useSubscription';
import { plural, t } from '../../../strings';
import { toast } from '../../../ui/toasts';
import type { EventExport } from './exportEnds';
import { exportEnds } from './exportEnds';

/** Tells how an export of events ended, on whichever screen one is by then. */
export function EventExportWatch() {
  return useMay('export') ? <Watch /> : null;
}

function Watch() {
  const [isNews] = useState(exportEnds);
  const onChange = useCallback(
    ({ exports: [current] }: ResponseOf<'ai-events.exports'>) => {
      if (isNews(current) && current !== undefined) tellEnd(current);
    },
    [isNews],
  );
  useSubscription('ai-events.exports', {}, onChange);
  return null;
}

function tellEnd({ state, written, file, message }: EventExport): void {
  if (state === 'done') toast({ tone: 'ok', title: plural('export.done', written), text: file });
  else if (state === 'cancelled') toast({ tone: 'info', title: t('export.cancelled') });
  else toast({ tone: 'bad', title: t('export.failed'), ...(message === null ? {} : { text: message }) });
}
