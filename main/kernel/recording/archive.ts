import path from 'node:path';
import type { Clock, Timer } from '../../base/clock';
import type { ErrorKind } from '../../base/errors';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { SegmentRow, Store } from '../../store/types';
import type { MediaWorker } from '../media/mediaWorker';
import { systemCodeOf } from '../media/mediaWorker';
import type { StorageFolder, StorageFolders } from './folders/storageFolders';
import { archivePath, fromArchive, QUARANTINE_FOLDER } from './layout';
import { freeStart } from './place';

/** A finished segment on its way into the archive. */
export interface Registration {
  /** Where the file is; follows it when it moves. */
  file: string;
  readonly row: Omit<SegmentRow, 'folderId' | 'path' | 'bytes' | 'sha256'>;
  /** Bytes of whole fragments; null keeps the file as it is. */
  readonly truncateTo: number | null;
  /** Of what is kept; found out with the first attempt. Null: it cannot be read. */
  sha256?: string | null;
  /** Runs later attempts while nothing else looks at the camera's files; without it they just run. */
  readonly inTurn?: (attempt: () => Promise<void>) => Promise<void>;
  /** Called once: with the row when it is in the index, with null when the file has disappeared or cannot have one. */
  readonly done: (row: SegmentRow | null) => void;
}

/** Errors of the index that no later attempt cures: a camera that does not exist, a value it refuses. */
const HOPELESS: readonly ErrorKind[] = ['not_found', 'invalid'];
/** Waiting times between attempts, milliseconds; the last one repeats. */
const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000];

/** Puts finished segments into folder and index: file, fsync, name, folders, row (anchors D). */
export class Archive {
  readonly #folders: StorageFolders;
  readonly #store: Store;
  readonly #worker: MediaWorker;
  readonly #hasher: MediaWorker;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #timers = new Set<Timer>();
  readonly #pending = new Set<Registration>();
  #disposed = false;
  #failures = 0;
  #quarantined = 0;
  /** Called after each segment and when the disk is full: makes room where it was written. */
  makeRoom: (folder: StorageFolder) => Promise<unknown> = () => Promise.resolve();
  /** Called with each segment that has a row now, in the order of each camera. */
  onRegistered: (row: SegmentRow) => void = () => undefined;

  constructor(options: {
    folders: StorageFolders;
    store: Store;
    worker: MediaWorker;
    /** Runs in the background: whoever waits for it waits for nothing live. */
    hasher: MediaWorker;
    clock: Clock;
    log: Logger;
  }) {
    this.#folders = options.folders;
    this.#store = options.store;
    this.#worker = options.worker;
    this.#hasher = options.hasher;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  get stats(): { pending: number; failures: number; quarantined: number } {
    return { pending: this.#pending.size, failures: this.#failures, quarantined: this.#quarantined };
  }

  /** Resolves after the first attempt; a failed one is repeated until it succeeds or the archive is disposed. */
  async register(registration: Registration): Promise<void> {
    this.#pending.add(registration);
    await this.#attempt(registration, 0);
  }

  /** Moves a file that cannot be used out of the way; never throws. @returns whether it is in quarantine */
  async quarantine(file: string, reason: string): Promise<boolean> {
    const name = `${path.basename(path.dirname(file))}_${path.basename(file)}`;
    let target = '';
    try {
      await this.#folders.load();
      // Beside the other recordings of its disk: it is renamed, not copied.
      target = path.join(this.#folders.holding(file).path, QUARANTINE_FOLDER, name);
      await this.#worker.run('moveDurably', file, target, null);
      this.#quarantined++;
      this.#log.error({ file, target, reason }, 'footage cannot be used and was put into quarantine');
      return true;
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') this.#log.error({ file, reason }, 'footage is gone');
      else this.#log.error({ file, reason: messageOf(error) }, 'footage cannot be put into quarantine');
      return false;
    }
  }

  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    if (this.#pending.size > 0)
      this.#log.warn({ segments: this.#pending.size }, 'segments wait for the next start to be registered');
  }

  async #attempt(registration: Registration, attempt: number): Promise<void> {
    if (this.#disposed) return;
    try {
      const row = await this.#put(registration);
      this.#pending.delete(registration);
      registration.done(row);
      if (row) this.onRegistered(row);
      await this.#makeRoom(registration);
      return;
    } catch (error) {
      this.#failures++;
      const { cameraId, id } = registration.row;
      this.#log.error(
        { cameraId, segment: id, attempt, reason: messageOf(error) },
        'a segment is not registered yet',
      );
      if (systemCodeOf(error) === 'ENOENT' || this.#folders.hasLeft(registration.file)) {
        this.#pending.delete(registration);
        registration.done(null);
        return;
      }
      if (systemCodeOf(error) === 'ENOSPC') await this.#makeRoom(registration);
    }
    if (this.#disposed) return;
    const delay = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 30_000;
    const timer = this.#clock.after(delay, () => {
      this.#timers.delete(timer);
      const again = () => this.#attempt(registration, attempt + 1);
      void (registration.inTurn ? registration.inTurn(again) : again());
    });
    this.#timers.add(timer);
  }

  async #makeRoom({ file }: Registration): Promise<void> {
    try {
      await this.makeRoom(this.#folders.holding(file));
    } catch (error) {
      this.#log.error({ reason: messageOf(error) }, 'old footage cannot be given up');
    }
  }

  /** Null when the index will never take it; then it is in quarantine. */
  async #put(registration: Registration): Promise<SegmentRow | null> {
    const { row } = registration;
    await this.#folders.load();
    const folder = this.#folders.holding(registration.file);
    const relative = archivePath(row.cameraId, row.startUs, row.id);
    const target = fromArchive(folder.path, relative);
    if (registration.sha256 === undefined) registration.sha256 = await this.#hash(registration);
    const bytes = await this.#worker.run(
      'moveDurably',
      registration.file,
      target,
      registration.file === target ? null : registration.truncateTo,
    );
    registration.file = target;
    const full: SegmentRow = {
      ...row,
      ...{ folderId: folder.id, path: relative, bytes, sha256: registration.sha256 },
    };
    try {
      return await this.#insert(full);
    } catch (error) {
      if (!(error instanceof VasError) || !HOPELESS.includes(error.kind)) throw error;
      await this.quarantine(target, error.message);
      return null;
    }
  }

  /** A disk that cannot read what it has just written shall not keep the segment out of the archive. */
  async #hash({ file, truncateTo, row }: Registration): Promise<string | null> {
    try {
      return await this.#hasher.run('hashFile', file, truncateTo);
    } catch (error) {
      if (systemCodeOf(error) !== 'EIO') throw error;
      this.#log.error({ cameraId: row.cameraId, file }, 'a segment cannot be read back; it has no hash');
      return null;
    }
  }

  async #insert(row: SegmentRow): Promise<SegmentRow> {
    try {
      await this.#store.write.insertSegment(row);
      return row;
    } catch (error) {
      if (!(error instanceof VasError) || error.kind !== 'conflict') throw error;
      // An earlier attempt may have succeeded although its answer was lost.
      const existing = await this.#store.read.segmentByPath(row.path);
      if (existing) return existing;
      const startUs = await freeStart(this.#store.read, row.cameraId, row, []);
      const moved = { ...row, startUs, endUs: row.endUs - row.startUs + startUs };
      const byUs = startUs - row.startUs;
      this.#log.warn({ cameraId: row.cameraId, byUs }, 'a segment had to be moved in time');
      await this.#store.write.insertSegment(moved);
      return moved;
    }
  }
}
