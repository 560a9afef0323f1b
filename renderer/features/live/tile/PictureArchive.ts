/** A picture as it is kept on disk. */
export interface KeptPicture {
  readonly cameraId: string;
  /** Wall clock of the picture, milliseconds since the epoch. */
  readonly at: number;
  /** Encoded; bytes and no Blob, which a busy main process would have to hand over. */
  readonly image: ArrayBuffer;
}

/** Pictures older than this say nothing about a place any more, milliseconds: 30 days. */
export const LONGEST_KEPT_MS = 30 * 24 * 3_600_000;
/** The largest workstation has 64 cameras; about 20 KB each. */
export const MOST_KEPT = 64;

const NAME = 'vas-last-pictures';
const STORE = 'pictures';
/** 1 kept Blobs. */
const VERSION = 2;

/** Which of the pictures are to go: too old, too many, or of cameras that are gone. Pure. */
export function outdated(
  pictures: readonly Pick<KeptPicture, 'cameraId' | 'at'>[],
  now: number,
  known: ReadonlySet<string> | null,
): string[] {
  return [...pictures]
    .sort((one, other) => other.at - one.at)
    .filter(
      ({ cameraId, at }, index) =>
        index >= MOST_KEPT || now - at > LONGEST_KEPT_MS || known?.has(cameraId) === false,
    )
    .map(({ cameraId }) => cameraId);
}

/**
 * The newest picture of each camera beyond the end of the window, in Chromium's own database inside the data
 * folder: written by its storage process, so the main process has nothing to do with it. A picture that cannot be
 * kept is no reason to bother anybody.
 */
export class PictureArchive {
  #database: Promise<IDBDatabase> | null = null;

  /** Every picture, still encoded; none when they cannot be read. */
  async all(): Promise<KeptPicture[]> {
    return (await this.#run('readonly', (store) => store.getAll() as IDBRequest<KeptPicture[]>)) ?? [];
  }

  async write(picture: KeptPicture): Promise<void> {
    await this.#run('readwrite', (store) => store.put(picture));
  }

  /** Removes what is `outdated`. @param known cameras that exist; null: not known */
  async tidy(known: ReadonlySet<string> | null, now: number): Promise<void> {
    for (const cameraId of outdated(await this.all(), now, known))
      await this.#run('readwrite', (store) => store.delete(cameraId));
  }

  /** Null when the database cannot be used. */
  async #run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
    try {
      this.#database ??= open();
      const database = await this.#database;
      return await settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
    } catch {
      this.#database = null;
      return null;
    }
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const database = request.result;
    if (database.objectStoreNames.contains(STORE)) database.deleteObjectStore(STORE);
    database.createObjectStore(STORE, { keyPath: 'cameraId' });
  };
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database of pictures cannot be used.'));
  });
}
