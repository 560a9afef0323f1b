import { useCallback, useEffect, useRef, useState } from 'react';
import type { CommandName, RequestInput, ResponseOf } from '../../contract';
import type { CallError } from './call';
import { command, toCallError } from './call';

/** What a command came to: its answer or its error, never an exception. */
export type Outcome<T> =
  { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: CallError };

export interface CommandState<N extends CommandName> {
  readonly run: (request: RequestInput<N>) => Promise<Outcome<ResponseOf<N>>>;
  readonly running: boolean;
  /** Of the last run; null while one runs and after one that worked. */
  readonly error: CallError | null;
  readonly reset: () => void;
}

/** Runs a command and keeps its progress and its error for the screen. */
export function useCommand<N extends CommandName>(name: N): CommandState<N> {
  const [running, setRunning] = useState(0);
  const [error, setError] = useState<CallError | null>(null);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback(
    async (request: RequestInput<N>): Promise<Outcome<ResponseOf<N>>> => {
      setRunning((count) => count + 1);
      setError(null);
      try {
        return { ok: true, data: await command(name, request) };
      } catch (thrown) {
        const failure = toCallError(thrown, name);
        if (mounted.current) setError(failure);
        return { ok: false, error: failure };
      } finally {
        if (mounted.current) setRunning((count) => count - 1);
      }
    },
    [name],
  );
  const reset = useCallback(() => setError(null), []);
  return { run, running: running > 0, error, reset };
}
