import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Footage } from './judge';

/**
 * How often the index is looked at, milliseconds. A full disk makes retention give up the oldest footage, on the small
 * disk of a soak all of it: what was registered seconds before must have been seen by then.
 */
const EVERY_MS = 300;

/** Registered footage of every camera, remembered also when retention has given it up since. */
export class FootageLog {
  readonly #seen = new Map<string, Map<string, Footage>>();

  constructor(private readonly dataDir: string) {}

  /** Looks until the signal, whether the application runs or not. */
  async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.look();
      } catch {
        // It is just being opened, or its owner was killed.
      }
      await delay(EVERY_MS);
    }
  }

  /** Adds what the index holds now. The application is not asked: it may be busy, stopped or dead. */
  look(): void {
    const store = new Database(path.join(this.dataDir, 'vas.db'), { readonly: true });
    try {
      const rows = store.prepare('SELECT id, camera_id, start_us, end_us FROM segments').all() as {
        id: string;
        camera_id: string;
        start_us: number;
        end_us: number;
      }[];
      for (const { id, camera_id, start_us, end_us } of rows) {
        const known = this.#seen.get(camera_id) ?? new Map<string, Footage>();
        known.set(id, { startMs: start_us / 1000, endMs: end_us / 1000 });
        this.#seen.set(camera_id, known);
      }
    } finally {
      store.close();
    }
  }

  of(cameraId: string): Footage[] {
    return [...(this.#seen.get(cameraId)?.values() ?? [])];
  }
}
