import path from 'node:path';
import type { Disposable } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { SegmentRow, StoreReads } from '../../store/types';
import type { FootageSource } from '../media/footage';
import type { MediaJobs } from '../media/jobs';
import type { MediaWorker } from '../media/mediaWorker';
import { mediaTime } from '../media/mediaTime';
import { convertKeys } from './conversion';
import { packed, pictureOf } from './pack';

export interface PreviewsOptions {
  /** Where they are kept. */
  readonly folder: string;
  readonly read: Pick<StoreReads, 'findSegments' | 'listDevices'>;
  readonly footage: Pick<FootageSource, 'locate' | 'hold'>;
  readonly worker: MediaWorker;
  /** One at a time, behind everything else. */
  readonly jobs: MediaJobs;
  readonly log: Logger;
}

/** A picture of each of these, seconds. */
const PREVIEW_SECONDS = 10;
/** Width of a picture, pixels. */
export const PREVIEW_WIDTH = 160;
/** Segments that wait for their previews; beyond it the oldest go without. */
const MOST_WAITING = 256;

/**
 * Small pictures of what was recorded, for pointing at the time line. A segment gets its own when it is in the
 * archive: key frames alone are read and decoded, a few a minute, by FFmpeg at low priority, one after the other.
 */
export class Previews implements Disposable {
  readonly #options: PreviewsOptions;
  readonly #waiting: SegmentRow[] = [];
  readonly #aborter = new AbortController();
  #running: Promise<void> | null = null;
  #isEnabled = false;
  #made = 0;

  constructor(options: PreviewsOptions) {
    this.#options = options;
  }

  /** Switched off, nothing new is made; what there is goes with its footage. */
  setEnabled(on: boolean): void {
    this.#isEnabled = on;
    if (!on) this.#waiting.length = 0;
  }

  stats(): { readonly made: number; readonly waiting: number } {
    return { made: this.#made, waiting: this.#waiting.length };
  }

  /** A segment is in the archive. */
  registered(row: SegmentRow): void {
    if (!this.#isEnabled || this.#aborter.signal.aborted) return;
    this.#waiting.push(row);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
    });
  }

  /** Segments have been given up. */
  removed(rows: readonly SegmentRow[]): void {
    const gone = new Set(rows.map(({ id }) => id));
    const left = this.#waiting.filter(({ id }) => !gone.has(id));
    this.#waiting.splice(0, this.#waiting.length, ...left);
    this.#options.worker
      .run(
        'removePreviews',
        rows.map((row) => this.#fileOf(row)),
      )
      .catch((error: unknown) =>
        this.#complain(error, 'previews of removed footage stay until the next start'),
      );
  }

  /** Removes what an unclean end or a deleted camera has left behind. */
  async prune(): Promise<void> {
    const { read, worker, folder } = this.#options;
    const { rows } = await read.listDevices({ offset: 0, limit: 100_000 });
    const oldest: Record<string, string> = {};
    for (const { id } of rows) {
      const [first] = await read.findSegments(id, 0, Number.MAX_SAFE_INTEGER, 1);
      if (first) oldest[id] = dayOf(first.startUs);
    }
    await worker.run('prunePreviews', folder, oldest);
  }

  /** A pack with the picture nearest before a moment; null when there is none. */
  async at(cameraId: string, atUs: number): Promise<Uint8Array | null> {
    const [row] = await this.#options.read.findSegments(cameraId, atUs, atUs + 1, 1);
    const found = row ? await this.#options.worker.run('readPreview', this.#fileOf(row)) : null;
    return found === null ? null : pictureOf(found.bytes, atUs / 1000);
  }

  async dispose(): Promise<void> {
    this.#aborter.abort();
    this.#waiting.length = 0;
    await this.#running;
  }

  async #work(): Promise<void> {
    for (;;) {
      const row = this.#waiting.shift();
      if (!row) return;
      try {
        await this.#make(row);
        this.#made++;
      } catch (error) {
        if (!this.#aborter.signal.aborted) this.#complain(error, 'a segment has no preview');
      }
    }
  }

  async #make(row: SegmentRow): Promise<void> {
    const { footage, worker, jobs } = this.#options;
    const [piece] = await footage.locate(row.cameraId, row.startUs, row.startUs + 1);
    if (!piece) return;
    const hold = footage.hold([piece]);
    try {
      const keys = await worker.run('keyFrames', {
        file: piece.file,
        ...{ from: 0, to: Number.MAX_SAFE_INTEGER, step: PREVIEW_SECONDS * 0.95, most: 64 },
        ...{ backwards: false, asFile: true },
      });
      if (keys.frames.length === 0) return;
      const pictures = await convertKeys(jobs, keys.bytes, this.#aborter.signal, PREVIEW_WIDTH);
      const time = mediaTime(piece, (row.endUs - row.startUs) / 1e6);
      const frames = pictures.slice(0, keys.frames.length).map((picture, index) => ({
        at: time.wallUs(keys.frames[index]?.seconds ?? 0) / 1000,
        size: picture.length,
      }));
      const head = {
        kind: 'jpeg',
        codec: null,
        description: null,
        width: keys.width,
        height: keys.height,
      } as const;
      await worker.run('writePreview', this.#fileOf(row), packed({ ...head, frames }, pictures));
    } finally {
      hold.dispose();
    }
  }

  #fileOf({ id, cameraId, startUs }: Pick<SegmentRow, 'id' | 'cameraId' | 'startUs'>): string {
    return path.join(this.#options.folder, cameraId, dayOf(startUs), `${id}.vpv`);
  }

  #complain(error: unknown, what: string): void {
    this.#options.log.warn({ reason: messageOf(error) }, what);
  }
}

/** `2026-11-21`, UTC. */
const dayOf = (us: number): string => new Date(us / 1000).toISOString().slice(0, 10);
