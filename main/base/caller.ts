import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf something is done. */
export interface Caller {
  /** Lower-case UUID of the user. */
  readonly id: string;
  readonly name: string;
}

const current = new AsyncLocalStorage<Caller>();

/** Runs `work`, and all that it starts, on behalf of a user. */
export function onBehalfOf<T>(caller: Caller, work: () => T): T {
  return current.run(caller, work);
}

/** Who asked for what is being done now; null for what the application does by itself. */
export function callerNow(): Caller | null {
  return current.getStore() ?? null;
}

/** Runs `work` on nobody's behalf, whoever caused the timer or the listener it runs in. */
export function onOwnBehalf<T>(work: () => T): T {
  return current.exit(work);
}
