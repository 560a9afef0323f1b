import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';

/** What a report needs of the database, and whether it is as it is now. */
export type StoreFacts<T> = T & { readonly isStoreOpen: boolean };

/**
 * Reads what a report needs of the database. Health is looked at most when something fails: where the database does,
 * the last answer stands for it, marked as such.
 * @returns a reader, which throws what `read` throws only as long as there is no answer yet
 */
export function storeFactsReader<T extends object>(
  read: () => Promise<T>,
  log: Logger,
): () => Promise<StoreFacts<T>> {
  let last: T | null = null;
  let isFailing = false;
  return async () => {
    try {
      last = await read();
      isFailing = false;
      return { ...last, isStoreOpen: true };
    } catch (error) {
      if (!isFailing) log.warn({ reason: messageOf(error) }, 'the database does not answer health');
      isFailing = true;
      if (last === null) throw error;
      return { ...last, isStoreOpen: false };
    }
  };
}
