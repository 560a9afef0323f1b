import { useCallback, useEffect, useState } from 'react';
import type { MotionSearchState, RequestInput } from '../../../../contract';
import { bridge } from '../../../data/bridge';
import { command } from '../../../data/call';
import type { CallError } from '../../../data/call';
import { useCommand } from '../../../data/useCommand';

export interface MotionSearchControl {
  /** Of the search that was begun last; null: none yet. */
  readonly search: MotionSearchState | null;
  readonly isStarting: boolean;
  readonly error: CallError | null;
  readonly start: (request: RequestInput<'motion.start-search'>) => void;
  readonly stop: () => void;
}

/** A search of this window; it ends with the panel. */
export function useMotionSearch(): MotionSearchControl {
  const { run, running, error } = useCommand('motion.start-search');
  const [id, setId] = useState<string | null>(null);
  const [search, setSearch] = useState<MotionSearchState | null>(null);
  useEffect(() => {
    if (id === null) return;
    const stop = bridge().subscribe('motion.search-state', { id }, (value) => setSearch(value.search));
    return () => {
      stop();
      void command('motion.cancel-search', { id }).catch(() => undefined);
    };
  }, [id]);
  const start = useCallback(
    (request: RequestInput<'motion.start-search'>) => {
      void run(request).then((outcome) => {
        if (outcome.ok) setId(outcome.data.id);
      });
    },
    [run],
  );
  const stop = useCallback(() => {
    if (id !== null) void command('motion.cancel-search', { id }).catch(() => undefined);
  }, [id]);
  return { search, isStarting: running, error, start, stop };
}
