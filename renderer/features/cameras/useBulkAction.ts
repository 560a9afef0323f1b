import type { Device, RequestInput } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { useCommand } from '../../data/useCommand';
import { plural, t } from '../../strings';
import { toast } from '../../ui/toasts';

export type BulkAction = RequestInput<'devices.bulk'>['action'];

/** Failures that a message names one by one. */
const NAMED = 3;

export interface BulkActions {
  /** @returns whether it worked for every camera; what failed has been told */
  readonly apply: (
    action: BulkAction,
    devices: readonly Device[],
    /** For `schedule`; null: always. */
    schedule?: string | null,
  ) => Promise<boolean>;
  readonly running: boolean;
}

/** Does one thing to many cameras and tells what came of it. */
export function useBulkAction(): BulkActions {
  const { refetch } = useDevices();
  const { run, running } = useCommand('devices.bulk');
  const apply: BulkActions['apply'] = async (action, devices, schedule = null) => {
    const outcome = await run({ action, ids: devices.map(({ id }) => id), schedule });
    refetch();
    if (!outcome.ok) {
      toast({ tone: 'bad', title: t('bulk.notRun'), text: outcome.error.message });
      return false;
    }
    const failed = outcome.data.results.flatMap(({ id, error }) => (error === null ? [] : [{ id, error }]));
    const done = outcome.data.results.length - failed.length;
    if (done > 0)
      toast({
        tone: action === 'stop' || action === 'stop-recording' ? 'warn' : 'ok',
        title: plural(`bulk.done.${action}`, done),
      });
    if (failed.length > 0) {
      const nameOf = new Map(devices.map(({ id, name }) => [id, name]));
      const lines = failed
        .slice(0, NAMED)
        .map(({ id, error }) => t('bulk.failedLine', { name: nameOf.get(id) ?? id, reason: error }));
      if (failed.length > NAMED) lines.push(t('bulk.more', { count: failed.length - NAMED }));
      toast({ tone: 'bad', title: plural('bulk.failed', failed.length), text: lines.join(' ') });
    }
    return failed.length === 0;
  };
  return { apply, running };
}
