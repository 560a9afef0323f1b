import type Database from 'better-sqlite3';
import { readHandlers, writeHandlers } from '../../../store/queries';
import type { Store } from '../../../store/types';

type Handlers = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/**
 * The real queries on a database in memory, which a crash leaves as the last commit did (synchronous FULL).
 * @param onWrite called before and after each write; may throw
 */
export function memoryStore(db: Database.Database, onWrite: () => void): Store {
  const reads = readHandlers(db) as unknown as Handlers;
  const writes = writeHandlers(db) as unknown as Handlers;
  const api = (handlers: Handlers, around: () => void) =>
    Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [
        name,
        async (...args: readonly unknown[]) => {
          await Promise.resolve();
          around();
          const value = handler(...args);
          around();
          return value;
        },
      ]),
    );
  return {
    read: api(reads, () => undefined),
    write: api(writes, onWrite),
  } as unknown as Store;
}
