import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Bookmark, RequestOf, ResponseOf } from '../../../contract';
import { callerNow } from '../../base/caller';
import type { Clock } from '../../base/clock';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { BookmarkRow, Store } from '../../store/types';
import { discard, isCaptureId, removeLeftovers } from '../media/captureFiles';
import { clipOf, thumbnailOf } from '../media/clips';
import type { FootageSource } from '../media/footage';
import { isoFromUs, usFromIso } from '../media/instants';
import type { MediaJobs } from '../media/jobs';
import type { MediaWorker } from '../media/mediaWorker';

export interface BookmarksOptions {
  /** Absolute path; made when missing. */
  readonly folder: string;
  /** There are others now, or one is another one. */
  readonly onChanged?: () => void;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly footage: FootageSource;
  readonly worker: MediaWorker;
  readonly jobs: MediaJobs;
}

/** Clips with a label, cut out of footage without encoding (W-32, W-33, W-34). Reference 7.7. */
export interface Bookmarks {
  /** Removes what a crash left behind. */
  heal(): Promise<void>;
  /**
   * The seconds before the call.
   * @throws VasError not_found (camera, or no footage), unavailable (the camera does not run)
   */
  captureLive(request: RequestOf<'bookmarks.capture-live'>): Promise<Bookmark>;
  /** The seconds around an instant; start and end say what there was. @throws VasError not_found, invalid */
  captureHistorical(request: RequestOf<'bookmarks.capture-historical'>): Promise<Bookmark>;
  /** Newest first. */
  list(request: RequestOf<'bookmarks.list'>): Promise<ResponseOf<'bookmarks.list'>>;
  /** @throws VasError not_found */
  get(id: string): Promise<Bookmark>;
  /** Changes the label; null clears it. @throws VasError not_found */
  update(request: RequestOf<'bookmarks.update'>): Promise<Bookmark>;
  /**
   * Removes the row, then the files: while a lock holds it, nothing is touched. Files that cannot be removed now
   * go at the next start. @throws VasError not_found, conflict (locked)
   */
  delete(id: string): Promise<void>;
  /** Absolute path of clip or thumbnail; null when there is none. */
  fileOf(id: string, part: 'video' | 'thumbnail'): Promise<string | null>;
}

/** How long a clip waits for its end to become readable beyond the end itself, milliseconds. */
const SETTLE_MS = 1500;
/** How long a clip that reaches into the future waits for it at most, milliseconds. */
const LONGEST_WAIT_MS = 10_000;

export function createBookmarks(options: BookmarksOptions): Bookmarks {
  const { folder, store, clock, footage, worker, jobs } = options;
  const log = options.log.child({ part: 'bookmarks' });
  const startedUs = clock.wallUs();

  interface Order {
    readonly deviceId: string;
    readonly source: BookmarkRow['source'];
    readonly label: string | null;
    readonly fromUs: number;
    readonly toUs: number;
    readonly anchorUs: number;
    /** Null: the middle of what the clip holds. */
    readonly centerUs: number | null;
    readonly createdUs: number;
  }

  async function capture(order: Order): Promise<Bookmark> {
    const id = randomUUID();
    const videoFile = `${id}.mp4`;
    const video = path.join(folder, videoFile);
    const { deviceId, source, label, fromUs, toUs, anchorUs, createdUs } = order;
    const user = callerNow() ?? (await store.read.localUser());
    await worker.run('makeFolder', folder);
    const temporary = `${video}.tmp`;
    const target = { cameraId: deviceId, fromUs, toUs, anchorUs, target: temporary };
    const clip = await clipOf({ footage, worker }, target);
    const written = [temporary, video];
    try {
      await worker.run('moveDurably', temporary, video, null);
      const thumbnailFile = await thumbnail(id, video, clip.seconds);
      if (thumbnailFile !== null) written.push(path.join(folder, thumbnailFile));
      const row = await store.write.insertBookmark({
        ...{ id, deviceId, source, label, videoFile, thumbnailFile },
        ...{ startUs: clip.startUs, endUs: Math.max(clip.startUs + 1, clip.endUs), bytes: clip.bytes },
        centerUs: order.centerUs ?? Math.round((clip.startUs + clip.endUs) / 2),
        duration: Math.round(clip.seconds * 1000) / 1000,
        ...{ userId: user.id, createdUs, updatedUs: createdUs },
      });
      options.onChanged?.();
      return shapeOf(row);
    } catch (error) {
      await discard(worker, log, written);
      throw error;
    }
  }

  /** A clip without a thumbnail is still a clip. */
  async function thumbnail(id: string, video: string, seconds: number): Promise<string | null> {
    try {
      const file = `${id}.jpg`;
      await worker.run('writeDurably', path.join(folder, file), await thumbnailOf(jobs, video, seconds));
      return file;
    } catch (error) {
      log.warn({ bookmark: id, reason: messageOf(error) }, 'a clip has no thumbnail');
      return null;
    }
  }

  async function requireDevice(id: string): Promise<void> {
    if (!(await store.read.getDevice(id))) throw new VasError('not_found', 'There is no such camera.');
  }

  async function requireRow(id: string): Promise<BookmarkRow> {
    const row = isCaptureId(id) ? await store.read.getBookmark(id) : null;
    if (!row) throw new VasError('not_found', 'There is no such bookmark. It may have been deleted.');
    return row;
  }

  return {
    async heal() {
      const hasRow = async (id: string) => (await store.read.getBookmark(id)) !== null;
      await removeLeftovers({ folder, worker, log, startedUs, hasRow });
    },

    async captureLive({ device_id: deviceId, label = null, duration }) {
      const createdUs = clock.wallUs();
      const toUs = footage.nowUs(deviceId);
      await requireDevice(deviceId);
      if (toUs === null)
        throw new VasError('unavailable', 'The camera does not run. Choose a time on the time line instead.');
      await footage.waitUntilReadable(deviceId, toUs, SETTLE_MS);
      const fromUs = toUs - Math.round(duration * 1e6);
      const span = { fromUs, toUs, anchorUs: toUs, centerUs: null };
      return capture({ deviceId, source: 'live', label, createdUs, ...span });
    },

    async captureHistorical({ device_id: deviceId, center_timestamp: center, label = null, duration }) {
      const createdUs = clock.wallUs();
      const centerUs = usFromIso(center);
      const half = Math.round(duration * 0.5e6);
      const [fromUs, toUs] = [centerUs - half, centerUs + half];
      await requireDevice(deviceId);
      const nowUs = footage.nowUs(deviceId);
      if (nowUs !== null && toUs > (footage.newestUs(deviceId) ?? 0) && fromUs < nowUs) {
        const ahead = Math.max(0, toUs - nowUs) / 1000;
        await footage.waitUntilReadable(deviceId, toUs, Math.min(LONGEST_WAIT_MS, ahead + SETTLE_MS));
      }
      const span = { fromUs, toUs, anchorUs: centerUs, centerUs };
      return capture({ deviceId, source: 'historical', label, createdUs, ...span });
    },

    async list({ device_id: deviceId, skip, limit }) {
      const { rows, total } = await store.read.listBookmarks({
        ...(deviceId === undefined ? {} : { deviceId }),
        offset: skip,
        limit,
      });
      return {
        bookmarks: rows.map(shapeOf),
        total,
        page: Math.floor(skip / limit) + 1,
        page_size: limit,
      };
    },

    get: async (id) => shapeOf(await requireRow(id)),

    async update({ id, label }) {
      await requireRow(id);
      const row = await store.write.updateBookmarkLabel(id, label, clock.wallUs());
      options.onChanged?.();
      return shapeOf(row);
    },

    async delete(id) {
      const row = await requireRow(id);
      const files = [row.videoFile, row.thumbnailFile].filter((name): name is string => name !== null);
      const paths = files.map((name) => path.join(folder, name));
      await store.write.deleteBookmark(id);
      options.onChanged?.();
      const failure = (await worker.run('removeDurably', paths, null)).find((reason) => reason !== null);
      if (failure != null)
        log.warn({ bookmark: id, reason: failure }, 'files of a deleted bookmark stay behind');
    },

    async fileOf(id, part) {
      const row = isCaptureId(id) ? await store.read.getBookmark(id) : null;
      const name = part === 'video' ? row?.videoFile : row?.thumbnailFile;
      return name == null ? null : path.join(folder, name);
    },
  };
}

function shapeOf(row: BookmarkRow): Bookmark {
  return {
    id: row.id,
    device_id: row.deviceId,
    device_name: row.deviceName,
    center_timestamp: isoFromUs(row.centerUs),
    start_timestamp: isoFromUs(row.startUs),
    end_timestamp: isoFromUs(row.endUs),
    label: row.label,
    source: row.source,
    duration: row.duration,
    video_format: 'mp4',
    file_size: row.bytes,
    video_url: `vas-media://bookmarks/${row.id}/video`,
    thumbnail_url: row.thumbnailFile === null ? null : `vas-media://bookmarks/${row.id}/thumbnail`,
    created_at: isoFromUs(row.createdUs),
    updated_at: isoFromUs(row.updatedUs),
  };
}
