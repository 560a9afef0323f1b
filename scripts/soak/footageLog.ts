import path from 'node:path';
import Database from 'better-sqlite3';
import type { Footage } from './judge';
import type { SoakWorkstation } from './workstation';

/** Registered footage of every camera, remembered also when retention has given it up since. */
export class FootageLog {
  readonly #seen = new Map<string, Map<string, Footage>>();
  readonly #fromMs = Date.now() - 60_000;

  constructor(private readonly workstation: SoakWorkstation) {}

  async look(): Promise<void> {
    for (const device_id of this.workstation.cameraIds) {
      const answer = await this.workstation.query('recordings.segments', {
        device_id,
        start: new Date(this.#fromMs).toISOString(),
        end: new Date(Date.now() + 60_000).toISOString(),
        limit: 5000,
      });
      const known = this.#seen.get(device_id) ?? new Map<string, Footage>();
      for (const { id, start, end } of answer?.segments ?? [])
        known.set(String(id), { startMs: Date.parse(start), endMs: Date.parse(end) });
      this.#seen.set(device_id, known);
    }
  }

  /** Adds what the database holds; for an application that has quit. */
  readStore(dataDir: string): void {
    const store = new Database(path.join(dataDir, 'vas.db'), { readonly: true });
    try {
      const rows = store.prepare('SELECT id, camera_id, start_us, end_us FROM segments').all() as {
        id: string;
        camera_id: string;
        start_us: number;
        end_us: number;
      }[];
      for (const { id, camera_id, start_us, end_us } of rows)
        this.#seen.get(camera_id)?.set(id, { startMs: start_us / 1000, endMs: end_us / 1000 });
    } finally {
      store.close();
    }
  }

  of(cameraId: string): Footage[] {
    return [...(this.#seen.get(cameraId)?.values() ?? [])];
  }
}
