import type { Clock } from '../../base/clock';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { SegmentRow, Store, TombstoneRow } from '../../store/types';
import type { MediaWorker } from '../media/mediaWorker';
import type { StorageFolders } from './folders/storageFolders';

export interface DeletionReport {
  /** Ids of segments that have no row any more. */
  readonly gone: ReadonlySet<string>;
  /** Ids of storage folders where a file could not be removed. */
  readonly stuck: ReadonlySet<string>;
}

type Located = Pick<TombstoneRow, 'id' | 'folderId' | 'path'>;

/** Takes segments away: tombstone, file, folder, tombstone gone (AR-4). A crash at any step is finished later. */
export class Deletions {
  readonly #folders: StorageFolders;
  readonly #store: Store;
  readonly #worker: MediaWorker;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** Called with what has no row any more. */
  onGone: (rows: readonly SegmentRow[]) => void = () => undefined;

  constructor(options: {
    folders: StorageFolders;
    store: Store;
    worker: MediaWorker;
    clock: Clock;
    log: Logger;
  }) {
    this.#folders = options.folders;
    this.#store = options.store;
    this.#worker = options.worker;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** @throws VasError when the index cannot note it; then every file is still there */
  async remove(rows: readonly SegmentRow[]): Promise<DeletionReport> {
    const gone = new Set(await this.#bury(rows));
    this.onGone(rows.filter((row) => gone.has(row.id)));
    const stuck = await this.#unlink(rows.filter((row) => gone.has(row.id)));
    return { gone, stuck };
  }

  /** Finishes deletions that a crash or a disk has interrupted. @returns folders where that is not possible now */
  async finish(): Promise<ReadonlySet<string>> {
    await this.#folders.load();
    const tombstones = await this.#store.read.listTombstones({ limit: 1000 });
    return tombstones.length === 0 ? new Set() : this.#unlink(tombstones);
  }

  async #bury(rows: readonly SegmentRow[]): Promise<string[]> {
    const ids = rows.map(({ id }) => id);
    try {
      return await this.#store.write.burySegments(ids, 'retention', this.#clock.wallUs());
    } catch (error) {
      const [oldest] = rows;
      if (!oldest || !(error instanceof VasError) || error.kind !== 'unavailable') throw error;
      // The index lies on the full disk: one file has to make room for the note about it.
      this.#log.warn(
        { reason: error.message },
        'a file is given up before its row, so that the index can be written',
      );
      const [failure = null] = await this.#worker.run('removeDurably', [this.#folders.fileOf(oldest)], null);
      if (failure !== null) throw error;
      return this.#store.write.burySegments(ids, 'retention', this.#clock.wallUs());
    }
  }

  /** A disk that was just unplugged keeps its files, and their tombstones. */
  async #unlink(segments: readonly Located[]): Promise<ReadonlySet<string>> {
    const waiting = new Set(segments.map(({ folderId }) => folderId));
    const stuck = new Set<string>();
    const done: string[] = [];
    for (const folder of await this.#folders.ready()) {
      const mine = segments.filter(({ folderId }) => folderId === folder.id);
      if (mine.length === 0) continue;
      waiting.delete(folder.id);
      const files = mine.map((segment) => this.#folders.fileOf(segment));
      const outcome = await this.#worker.run('removeDurably', files, folder.path);
      outcome.forEach((failure, index) => {
        const id = mine[index]?.id;
        if (failure === null && id !== undefined) done.push(id);
        else {
          stuck.add(folder.id);
          this.#log.error({ file: files[index], reason: failure }, 'footage cannot be removed');
        }
      });
    }
    try {
      await this.#store.write.forgetTombstones(done);
    } catch (error) {
      this.#log.error({ reason: messageOf(error) }, 'notes of removed footage stay until the next sweep');
    }
    return new Set([...stuck, ...waiting]);
  }
}
