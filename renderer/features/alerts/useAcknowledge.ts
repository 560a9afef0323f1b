import { useCallback } from 'react';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { toast } from '../../ui/toasts';

/** Says that the user knows of these alerts. Most that the contract takes at once go together. */
export function useAcknowledge(): (ids: readonly string[]) => Promise<void> {
  const { run } = useCommand('alerts.acknowledge');
  return useCallback(
    async (ids) => {
      if (ids.length === 0) return;
      const done = await run({ ids: ids.slice(0, 1000) });
      if (!done.ok) toast({ tone: 'bad', title: t('alerts.acknowledgeFailed'), text: done.error.message });
    },
    [run],
  );
}
