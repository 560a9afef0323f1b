import type { Role } from '../../../data/StreamStore';
import { streamKey } from '../../../data/StreamStore';
import { thisWindow } from '../wall/thisWindow';
import { readWall } from '../wall/wallStorage';
import type { KeptPicture } from './PictureArchive';
import { LONGEST_KEPT_MS, PictureArchive } from './PictureArchive';
import type { Thumbnail } from './PosterShelf';
import { PosterShelf } from './PosterShelf';

export interface LastPicture {
  readonly canvas: HTMLCanvasElement;
  /** Wall clock of the picture, milliseconds since the epoch. */
  readonly at: number;
}

/** Enough to recognise the scene behind a message; 0.9 MB each. */
const WIDTH = 640;
/** 64 cameras of the largest workstation. */
const LIMIT = 64;
/** A camera's picture is written to disk this often at most, milliseconds. */
const ARCHIVE_EVERY_MS = 30_000;
/** Small on disk: nobody looks for details in an old picture. */
const ARCHIVED_AS = { type: 'image/webp', quality: 0.7 } as const;

/** The newest picture of each stream that a tile has shown, and of each camera before this window was opened. */
export class LastPictures {
  readonly #archive: PictureArchive;
  readonly #shelf: PosterShelf;
  readonly #pictures = new Map<string, LastPicture>();
  /** From the archive, by camera. */
  readonly #restored = new Map<string, LastPicture>();
  /** Read before anybody asks: the window learns which cameras there are only later. */
  readonly #kept: Promise<ReadonlyMap<string, KeptPicture>>;
  readonly #asked = new Set<string>();
  /** When a camera's picture was last written, `performance.now()`. */
  readonly #archivedAt = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  /** By which cameras; nothing yet. */
  #tidied: string | null = '';

  /** @param expected cameras whose tiles will ask first: decoded before they do */
  constructor(archive: PictureArchive, shelf: PosterShelf, expected: readonly string[]) {
    this.#archive = archive;
    this.#shelf = shelf;
    this.#kept = archive.all().then((all) => new Map(all.map((kept) => [kept.cameraId, kept])));
    for (const cameraId of expected) this.restore(cameraId);
  }

  /** Keeps what the element shows now. @returns whether it showed anything */
  capture(cameraId: string, role: Role, video: HTMLVideoElement, at: number): boolean {
    if (video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false;
    const key = streamKey(cameraId, role);
    const canvas = this.#pictures.get(key)?.canvas ?? document.createElement('canvas');
    const scale = Math.min(1, WIDTH / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    // Put back at the end: the first key is the one that was used longest ago.
    this.#pictures.delete(key);
    this.#pictures.set(key, { canvas, at });
    const oldest = this.#pictures.keys().next().value;
    if (this.#pictures.size > LIMIT && oldest !== undefined) this.#pictures.delete(oldest);
    this.#keep(cameraId, canvas, at);
    this.#shelf.put(cameraId, canvas, at);
    this.#tell();
    return true;
  }

  /** The newest picture of the camera, whichever of its streams it is from; a new object for each picture. */
  newest(cameraId: string): LastPicture | null {
    const main = this.#pictures.get(streamKey(cameraId, 'main'));
    const sub = this.#pictures.get(streamKey(cameraId, 'sub'));
    if (main === undefined || sub === undefined) return main ?? sub ?? this.#restored.get(cameraId) ?? null;
    return sub.at > main.at ? sub : main;
  }

  /** A small copy of an earlier picture, at once; for as long as `newest` has none. */
  thumbnail(cameraId: string): Thumbnail | null {
    return this.#shelf.get(cameraId);
  }

  /** Fetches the picture of an earlier window, once; `newest` has it when the listeners are called. */
  restore(cameraId: string): void {
    if (this.newest(cameraId) !== null || this.#asked.has(cameraId)) return;
    this.#asked.add(cameraId);
    void this.#restore(cameraId);
  }

  /**
   * Forgets pictures of cameras that are gone, and those that are too old.
   * @param cameraIds all there are; null: somebody works here who sees only some of them, so none is known to be gone
   */
  keepOnly(cameraIds: readonly string[] | null): void {
    const known = cameraIds?.join() ?? null;
    if (known === this.#tidied) return;
    this.#tidied = known;
    const ids = cameraIds === null ? null : new Set(cameraIds);
    // Nobody waits for it: a page that starts has other things to do.
    requestIdleCallback(() => {
      const now = Date.now();
      this.#shelf.tidy(ids, now - LONGEST_KEPT_MS);
      void this.#archive.tidy(ids, now);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #restore(cameraId: string): Promise<void> {
    const kept = (await this.#kept).get(cameraId);
    if (kept === undefined) return;
    // A file that a crash cut short is no picture.
    const canvas = await decoded(kept.image).catch(() => null);
    if (canvas === null) return;
    this.#restored.set(cameraId, { canvas, at: kept.at });
    this.#tell();
  }

  #keep(cameraId: string, canvas: HTMLCanvasElement, at: number): void {
    const now = performance.now();
    if (now - (this.#archivedAt.get(cameraId) ?? -Infinity) < ARCHIVE_EVERY_MS) return;
    this.#archivedAt.set(cameraId, now);
    // Encoded off the page's thread.
    canvas.toBlob(
      (image) => {
        if (image === null) return;
        void image.arrayBuffer().then((bytes) => this.#archive.write({ cameraId, at, image: bytes }));
      },
      ARCHIVED_AS.type,
      ARCHIVED_AS.quality,
    );
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Decoded from bytes on a thread of Chromium's: no other process is asked. @throws for what is no picture */
async function decoded(bytes: ArrayBuffer): Promise<HTMLCanvasElement> {
  const decoder = new ImageDecoder({ data: bytes, type: ARCHIVED_AS.type });
  try {
    const { image } = await decoder.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.displayWidth;
    canvas.height = image.displayHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    image.close();
    return canvas;
  } finally {
    decoder.close();
  }
}

/** Of this window. */
export const lastPictures = new LastPictures(
  new PictureArchive(),
  new PosterShelf(window.localStorage),
  (readWall(window.localStorage, thisWindow.id)?.cameras ?? []).filter((id) => id !== null),
);
