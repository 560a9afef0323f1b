import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Clock } from '../../../base/clock';
import { messageOf, VasError } from '../../../base/errors';
import type { Logger } from '../../../base/logger';
import type { SegmentRow, Store } from '../../../store/types';
import type { MediaWorker } from '../../media/mediaWorker';
import type { FolderState } from '../../media/worker/folderIdentity';
import { fromArchive } from '../layout';
import { storageError } from './storageError';

/** A folder that holds recordings. */
export interface StorageFolder {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  /** Inside the data folder: it is there whenever the application is, and has no identity file. */
  readonly isDefault: boolean;
}

export interface StorageFoldersOptions {
  /** The default folder, absolute. */
  readonly defaultPath: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Looks at a folder that must name this id; answers in time whatever its disk does. */
  readonly look: (folderPath: string, id: string) => Promise<FolderState>;
}

/** Which folders hold recordings, and which one is written. */
export class StorageFolders {
  readonly #options: StorageFoldersOptions;
  #loading: Promise<void> | null = null;
  #folders: readonly StorageFolder[] = [];
  #currentId = '';
  /** Record into another folder while the current one is missing. */
  fallback = false;

  constructor(options: StorageFoldersOptions) {
    this.#options = options;
  }

  /** Reads the list once; to be awaited before anything else is asked. */
  load(): Promise<void> {
    this.#loading ??= this.#read().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  get all(): readonly StorageFolder[] {
    return this.#folders;
  }

  /** Where new recordings go. */
  get current(): StorageFolder {
    return this.#byId(this.#currentId);
  }

  /** Absolute path of a recorded segment. */
  fileOf(row: Pick<SegmentRow, 'folderId' | 'path'>): string {
    return fromArchive(this.#byId(row.folderId).path, row.path);
  }

  /** Whether a file lies in none of them: its folder has left the list. Unknown before the list was read. */
  hasLeft(file: string): boolean {
    return this.#folders.length > 0 && this.#find(file) === undefined;
  }

  /** The folder that a file lies in. @throws VasError internal when it lies in none */
  holding(file: string): StorageFolder {
    const found = this.#find(file);
    if (!found) throw new VasError('internal', `${file} lies in no folder for recordings.`);
    return found;
  }

  /** Whether a folder is there; one that cannot be asked counts as missing. */
  async state(folder: StorageFolder): Promise<FolderState> {
    try {
      return await this.#look(folder);
    } catch (error) {
      this.#options.log.warn(
        { folder: folder.path, reason: messageOf(error) },
        'a folder cannot be examined',
      );
      return 'missing';
    }
  }

  /** The folders that are there: only these may be asked for anything else. */
  async ready(): Promise<StorageFolder[]> {
    await this.load();
    const states = await Promise.all(this.#folders.map((folder) => this.state(folder)));
    return this.#folders.filter((_folder, index) => states[index] === 'ready');
  }

  /**
   * Makes a folder below the current storage folder, or below another one while that is missing and the operator
   * allows it. Nothing is ever made where the disk is not mounted.
   * @param below gives the folder to make for a storage folder's path
   * @throws VasError unavailable ('storage')
   */
  async prepare(worker: MediaWorker, below: (root: string) => string): Promise<StorageFolder> {
    await this.load();
    const { current } = this;
    const others = this.fallback ? this.#folders.filter((folder) => folder !== current) : [];
    let why: unknown = null;
    for (const folder of [current, ...others]) {
      try {
        // The worker that writes is not sent to a disk that hangs.
        let state = await this.#look(folder);
        if (state === 'ready')
          state = await worker.run('prepareFolder', folder.path, identityIn(folder), below(folder.path));
        if (state === 'ready') return folder;
        if (folder === current) why = absence(folder.path, state);
      } catch (error) {
        // Full, read-only or not allowed: the fault says so, and another folder is not asked.
        throw storageError(
          `The recordings folder ${folder.path} cannot be written: ${messageOf(error)}`,
          error,
        );
      }
    }
    throw storageError(String(why));
  }

  /** @param folderPath absolute, checked by the caller. @throws VasError conflict when it is known */
  async add(worker: MediaWorker, folderPath: string): Promise<StorageFolder> {
    await this.load();
    const id = randomUUID();
    await worker.run('markFolder', folderPath, id);
    await this.#options.store.write.addStorageFolder(id, folderPath, this.#options.clock.wallUs());
    await this.#read();
    return this.#byId(id);
  }

  /** @throws VasError not_found */
  async use(id: string): Promise<void> {
    await this.#options.store.write.setCurrentStorageFolder(id);
    await this.#read();
  }

  /** @throws VasError conflict while it is in use or holds recordings */
  async remove(id: string): Promise<void> {
    await this.#options.store.write.removeStorageFolder(id);
    await this.#read();
  }

  /** @throws VasError when it is there but cannot be read */
  #look(folder: StorageFolder): Promise<FolderState> {
    return folder.isDefault ? Promise.resolve('ready') : this.#options.look(folder.path, folder.id);
  }

  async #read(): Promise<void> {
    const rows = await this.#options.store.read.listStorageFolders();
    // One object a folder, also after the list was read again: they are compared.
    this.#folders = rows.map(
      ({ id, path: own }) =>
        this.#folders.find((known) => known.id === id) ?? {
          id,
          path: own ?? this.#options.defaultPath,
          isDefault: own === null,
        },
    );
    this.#currentId = rows.find((row) => row.isCurrent)?.id ?? '';
  }

  #find(file: string): StorageFolder | undefined {
    return this.#folders.find((folder) => file.startsWith(folder.path + path.sep));
  }

  #byId(id: string): StorageFolder {
    const found = this.#folders.find((folder) => folder.id === id);
    if (!found) throw new VasError('internal', 'A recording names a folder that nobody knows.');
    return found;
  }
}

/** The id that a folder's identity file must name; null where there need not be one. */
export function identityIn(folder: StorageFolder): string | null {
  return folder.isDefault ? null : folder.id;
}

function absence(folderPath: string, state: FolderState): string {
  return state === 'foreign'
    ? `${folderPath} now holds recordings of another workstation. Connect the right disk, or choose another folder in Settings.`
    : `The recordings folder ${folderPath} is missing. Connect its disk, or choose another folder in Settings.`;
}
