import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { HandlersOf, WriteCall } from '../protocol';
import type { StoreWrites } from '../types';
import { scrubLog } from './connection';

/** The writes and, besides, many of them at once: all happen or none. */
export function withTransact(
  db: Database.Database,
  writes: HandlersOf<StoreWrites>,
): HandlersOf<StoreWrites> & { transact(calls: readonly WriteCall[]): void } {
  const runAll = db.transaction((calls: readonly WriteCall[]): void => {
    for (const { name, args } of calls) {
      if (!Object.hasOwn(writes, name)) throw new VasError('internal', `There is no write ${name}.`);
      (writes[name] as (...values: readonly unknown[]) => unknown)(...args);
    }
  });
  return {
    ...writes,
    transact(calls) {
      runAll.immediate(calls);
      // What single writes do after their transaction waits for the end of this one.
      scrubLog(db);
    },
  };
}
