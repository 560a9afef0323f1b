import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Disposable } from '../../base/disposable';
import { VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import { discard, isCaptureId, removeLeftovers } from './captureFiles';
import { clipOf } from './clips';
import type { FootageSource } from './footage';
import type { MediaWorker } from './mediaWorker';

/** How long the newest pictures may take to become readable, milliseconds. */
const SETTLE_MS = 1_500;
/** The longest footage that is opened at once, microseconds. */
const LONGEST_US = 300_000_000;
/** Replays that a window may have open; the oldest one gives way. */
const PER_OWNER = 4;

/** Microseconds of wall clock. */
interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

export interface Replay {
  readonly id: string;
  /** What it really holds, microseconds of wall clock. */
  readonly startUs: number;
  readonly endUs: number;
  /** How long it plays, seconds. */
  readonly seconds: number;
  /** FFmpeg's name. */
  readonly videoCodec: string;
}

export interface ReplaysOptions {
  readonly footage: FootageSource;
  readonly worker: MediaWorker;
  /** Nothing but replays is in it: whatever is left in it at the start is removed. */
  readonly folder: string;
  readonly log: Logger;
}

interface Open {
  readonly ownerId: string;
  readonly cameraId: string;
  readonly file: string;
}

/**
 * The last seconds of a camera for instant replay: copied out of the footage on disk, so neither the camera
 * nor its live view notices. The files are temporary; they go with the tile, the window or the application.
 */
export class Replays implements Disposable {
  readonly #options: ReplaysOptions;
  readonly #open = new Map<string, Open>();
  readonly #gone = new Set<string>();

  constructor(options: ReplaysOptions) {
    this.#options = options;
  }

  /** Removes what an unclean end left behind. */
  async heal(): Promise<void> {
    const { folder, worker, log } = this.#options;
    await removeLeftovers({ folder, worker, log, startedUs: Infinity, hasRow: () => Promise.resolve(false) });
  }

  /**
   * @param seconds how far back it begins; it ends with the newest picture
   * @throws VasError unavailable when the camera does not run, not_found when nothing of it is on disk
   */
  async open(ownerId: string, cameraId: string, seconds: number): Promise<Replay> {
    const { footage } = this.#options;
    const toUs = footage.nowUs(cameraId);
    if (toUs === null)
      throw new VasError(
        'unavailable',
        'The camera does not run. Start it to look at what it has just seen.',
      );
    await footage.waitUntilReadable(cameraId, toUs, SETTLE_MS);
    return this.#cut(ownerId, cameraId, { fromUs: toUs - Math.round(seconds * 1e6), toUs });
  }

  /**
   * Footage of any time; of what lies in the future, what there is.
   * @throws VasError invalid (backwards, longer than 5 minutes), not_found when nothing of it is on disk
   */
  async openSpan(ownerId: string, cameraId: string, { fromUs, toUs }: Span): Promise<Replay> {
    if (toUs <= fromUs) throw new VasError('invalid', 'The footage must end after it begins.');
    if (toUs - fromUs > LONGEST_US) throw new VasError('invalid', 'Choose at most 5 minutes of footage.');
    const { footage } = this.#options;
    const nowUs = footage.nowUs(cameraId);
    const endUs = nowUs === null || nowUs <= fromUs ? toUs : Math.min(toUs, nowUs);
    if (endUs === nowUs) await footage.waitUntilReadable(cameraId, endUs, SETTLE_MS);
    return this.#cut(ownerId, cameraId, { fromUs, toUs: endUs });
  }

  /** Null when there is no such replay. */
  cameraOf(id: string): string | null {
    return this.#open.get(id)?.cameraId ?? null;
  }

  async #cut(ownerId: string, cameraId: string, { fromUs, toUs }: Span): Promise<Replay> {
    const { footage, worker, folder, log } = this.#options;
    await worker.run('makeFolder', folder);
    const id = randomUUID();
    const file = path.join(folder, `${id}.mp4`);
    this.#gone.delete(ownerId);
    const clip = await clipOf({ footage, worker }, { cameraId, fromUs, toUs, anchorUs: toUs, target: file });
    if (this.#gone.has(ownerId)) {
      await discard(worker, log, [file]);
      throw new VasError('unavailable', 'The window was closed.');
    }
    this.#open.set(id, { ownerId, cameraId, file });
    const own = [...this.#open].filter(([, open]) => open.ownerId === ownerId);
    for (const [oldest] of own.slice(0, -PER_OWNER)) this.close(ownerId, oldest);
    return {
      id,
      startUs: clip.startUs,
      endUs: clip.endUs,
      seconds: clip.seconds,
      videoCodec: clip.videoCodec,
    };
  }

  /** Harmless when it is closed already or another window's. */
  close(ownerId: string, id: string): void {
    const open = this.#open.get(id);
    if (open?.ownerId !== ownerId) return;
    this.#open.delete(id);
    void discard(this.#options.worker, this.#options.log, [open.file]);
  }

  closeOwner(ownerId: string): void {
    this.#gone.add(ownerId);
    for (const [id, open] of [...this.#open]) if (open.ownerId === ownerId) this.close(ownerId, id);
  }

  /** The file of an open replay; null when there is none. */
  fileOf(id: string): string | null {
    return isCaptureId(id) ? (this.#open.get(id)?.file ?? null) : null;
  }

  async dispose(): Promise<void> {
    const files = [...this.#open.values()].map(({ file }) => file);
    this.#open.clear();
    if (files.length > 0) await discard(this.#options.worker, this.#options.log, files);
  }
}
