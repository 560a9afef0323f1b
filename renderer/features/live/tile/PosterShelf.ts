/** A small copy of a camera's last picture that can be had without waiting. */
export interface Thumbnail {
  /** A `data:` address. */
  readonly src: string;
  /** Wall clock of the picture, milliseconds since the epoch. */
  readonly at: number;
}

const PREFIX = 'vas.live.poster.';
const FORM = /^(\d{1,15}) (data:image\/webp;base64,[A-Za-z0-9+/]+=*)$/;
/** About 4 KB each: Chromium puts off what is written faster than 5 MB an hour, the layout of the wall included. */
const WIDTH = 192;
const QUALITY = 0.6;
/** A camera's thumbnail is renewed this often at most, milliseconds. */
const RENEW_EVERY_MS = 5 * 60_000;

/**
 * Thumbnails in the storage that a page reads at once. What is in a database comes only when a starting page has time
 * for it, half a second later on a busy computer; until then a tile shows these.
 */
export class PosterShelf {
  readonly #storage: Storage;
  /** When a thumbnail was last put here by this window, milliseconds since the epoch. */
  readonly #putAt = new Map<string, number>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get(cameraId: string): Thumbnail | null {
    const [, at, src] = FORM.exec(this.#storage.getItem(PREFIX + cameraId) ?? '') ?? [];
    return at === undefined || src === undefined ? null : { src, at: Number(at) };
  }

  /** Keeps a small copy, now and then. @param at wall clock of the picture, milliseconds since the epoch */
  put(cameraId: string, picture: HTMLCanvasElement, at: number): void {
    if (at - (this.#putAt.get(cameraId) ?? -Infinity) < RENEW_EVERY_MS || picture.width === 0) return;
    this.#putAt.set(cameraId, at);
    const small = document.createElement('canvas');
    small.width = Math.min(WIDTH, picture.width);
    small.height = Math.max(1, Math.round((picture.height * small.width) / picture.width));
    small.getContext('2d')?.drawImage(picture, 0, 0, small.width, small.height);
    try {
      this.#storage.setItem(PREFIX + cameraId, `${String(at)} ${small.toDataURL('image/webp', QUALITY)}`);
    } catch {
      // A full storage costs the picture alone.
    }
  }

  /**
   * Forgets cameras that are gone, and pictures from before `oldest`, milliseconds since the epoch.
   * @param known cameras that exist; null: not known
   */
  tidy(known: ReadonlySet<string> | null, oldest: number): void {
    const keys = Array.from({ length: this.#storage.length }, (_none, index) => this.#storage.key(index));
    for (const key of keys) {
      if (key === null || !key.startsWith(PREFIX)) continue;
      const cameraId = key.slice(PREFIX.length);
      if (known?.has(cameraId) === false || (this.get(cameraId)?.at ?? 0) < oldest)
        this.#storage.removeItem(key);
    }
  }
}
