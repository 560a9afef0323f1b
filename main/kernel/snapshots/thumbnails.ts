import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../../base/logger';
import { messageOf } from '../../base/errors';
import { isCaptureId } from '../media/captureFiles';
import type { MediaJobs } from '../media/jobs';
import type { MediaWorker } from '../media/mediaWorker';

export interface ThumbnailsOptions {
  /** Absolute path; made when missing. Only a cache: it may be emptied at any time. */
  readonly folder: string;
  /** The picture itself; null when there is none. */
  readonly sourceOf: (id: string) => Promise<string | null>;
  readonly worker: MediaWorker;
  /** Of its own: nobody who takes a snapshot waits for a thumbnail. */
  readonly jobs: MediaJobs;
  readonly log: Logger;
  /** Files that are kept; default 30,000, some 250 MB. */
  readonly most?: number;
}

const WIDTH = 320;
const TIMEOUT_MS = 10_000;
const MOST_FILES = 30_000;
/** New files after which the folder is looked at. */
const LOOK_EVERY = 500;

/** Small versions of snapshots for lists, made by FFmpeg when they are asked for, or ahead; the newest are kept. */
export class Thumbnails {
  readonly #options: ThumbnailsOptions;
  readonly #making = new Map<string, Promise<string | null>>();
  #sinceLook = LOOK_EVERY - 1;

  constructor(options: ThumbnailsOptions) {
    this.#options = options;
  }

  /** Absolute path of a JPEG of a few KB; null when there is no such snapshot or none could be made now. */
  async fileOf(id: string): Promise<string | null> {
    const source = isCaptureId(id) ? await this.#options.sourceOf(id) : null;
    if (source === null) return null;
    const target = this.#pathOf(id);
    if (await exists(target)) return target;
    let making = this.#making.get(id);
    if (making === undefined) {
      making = this.#make(source, target).finally(() => this.#making.delete(id));
      this.#making.set(id, making);
    }
    return making;
  }

  /** The snapshot is gone. */
  async forget(id: string): Promise<void> {
    await this.#options.worker.run('removeDurably', [this.#pathOf(id)], null);
  }

  #pathOf(id: string): string {
    return path.join(this.#options.folder, id.slice(0, 2), `${id}.jpg`);
  }

  async #make(source: string, target: string): Promise<string | null> {
    const { worker, jobs, log } = this.#options;
    try {
      const jpeg = await jobs.run({
        label: 'thumbnail',
        args: [
          ...['-hide_banner', '-nostdin', '-v', 'error', '-threads', '1', '-i', `file:${source}`],
          ...['-frames:v', '1', '-vf', `scale='min(${String(WIDTH)},iw)':-2:flags=area`],
          ...['-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2pipe', 'pipe:1'],
        ],
        timeoutMs: TIMEOUT_MS,
      });
      await worker.run('makeFolder', path.dirname(target));
      await worker.run('writeDurably', target, jpeg);
    } catch (error) {
      log.debug({ reason: messageOf(error) }, 'a thumbnail could not be made');
      return null;
    }
    if (++this.#sinceLook >= LOOK_EVERY) {
      this.#sinceLook = 0;
      await this.#prune().catch((error: unknown) =>
        log.warn({ reason: messageOf(error) }, 'old thumbnails could not be removed'),
      );
    }
    return target;
  }

  async #prune(): Promise<void> {
    const { worker, folder, most = MOST_FILES } = this.#options;
    const files = await worker.run('listTree', folder);
    if (files.length <= most) return;
    const oldest = [...files].sort((one, other) => one.modifiedUs - other.modifiedUs);
    const surplus = oldest.slice(0, files.length - most).map((one) => path.join(folder, one.path));
    await worker.run('removeDurably', surplus, null);
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
