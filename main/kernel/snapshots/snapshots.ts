import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { RequestOf, ResponseOf, Snapshot } from '../../../contract';
import { callerNow } from '../../base/caller';
import type { Clock } from '../../base/clock';
import { VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { SnapshotRow, Store } from '../../store/types';
import { discard, isCaptureId, removeLeftovers } from '../media/captureFiles';
import { isoFromUs, usFromIso } from '../media/instants';
import type { Picture, PictureSource } from '../media/pictures';
import { pictureAt } from '../media/pictures';

export interface SnapshotsOptions extends PictureSource {
  /** Absolute path; made when missing. */
  readonly folder: string;
  /** What else was made of it goes as well. */
  readonly onDeleted?: (id: string) => Promise<void>;
  /** There are others now, or one is another one. */
  readonly onChanged?: () => void;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Pictures out of footage, never from a session of their own with the camera (W-33). Reference 7.6. */
export interface Snapshots {
  /** Removes what a crash left behind. */
  heal(): Promise<void>;
  /**
   * The picture of the moment of the call.
   * @throws VasError not_found (camera), unavailable (it does not run, or its pictures do not come)
   */
  captureLive(request: RequestOf<'snapshots.capture-live'>): Promise<Snapshot>;
  /** As `captureLive`, but nothing is kept. @throws as `captureLive` */
  livePicture(deviceId: string): Promise<Picture>;
  /**
   * The picture that was shown at an instant (W-31).
   * @throws VasError not_found (camera, or no footage of that time), invalid
   */
  captureHistorical(request: RequestOf<'snapshots.capture-historical'>): Promise<Snapshot>;
  /** Newest first. */
  list(request: RequestOf<'snapshots.list'>): Promise<ResponseOf<'snapshots.list'>>;
  /** @throws VasError not_found */
  get(id: string): Promise<Snapshot>;
  /** Removes the file, then the row. @throws VasError not_found */
  delete(id: string): Promise<void>;
  /** Absolute path of the picture; null when there is no such snapshot. */
  fileOf(id: string): Promise<string | null>;
}

/** How long a live snapshot waits for the present to become readable, milliseconds. */
const LIVE_WAIT_MS = 1500;
/** A live snapshot is never older than this, microseconds: then tiles call the stream stalled, too. */
const LIVE_AGE_US = 2_000_000;

export function createSnapshots(options: SnapshotsOptions): Snapshots {
  const { folder, store, clock, footage, worker } = options;
  const log = options.log.child({ part: 'snapshots' });
  const startedUs = clock.wallUs();

  async function keep(
    deviceId: string,
    source: SnapshotRow['source'],
    picture: Picture,
    createdUs: number,
  ): Promise<Snapshot> {
    const id = randomUUID();
    const file = `${id}.jpg`;
    const target = path.join(folder, file);
    const user = callerNow() ?? (await store.read.localUser());
    await worker.run('makeFolder', folder);
    try {
      await worker.run('writeDurably', target, picture.jpeg);
      const row = await store.write.insertSnapshot({
        ...{ id, deviceId, file, source, createdUs, userId: user.id },
        ...{ timestampUs: picture.instantUs, bytes: picture.jpeg.length },
        ...{ width: picture.width, height: picture.height },
      });
      options.onChanged?.();
      return shapeOf(row);
    } catch (error) {
      await discard(worker, log, [target]);
      throw error;
    }
  }

  async function requireDevice(id: string): Promise<void> {
    if (!(await store.read.getDevice(id))) throw new VasError('not_found', 'There is no such camera.');
  }

  async function requireRow(id: string): Promise<SnapshotRow> {
    const row = isCaptureId(id) ? await store.read.getSnapshot(id) : null;
    if (!row) throw new VasError('not_found', 'There is no such snapshot. It may have been deleted.');
    return row;
  }

  async function livePicture(deviceId: string): Promise<Picture> {
    const instantUs = footage.nowUs(deviceId);
    await requireDevice(deviceId);
    if (instantUs === null)
      throw new VasError('unavailable', 'The camera does not run. Start it, then try again.');
    await footage.waitUntilReadable(deviceId, instantUs, LIVE_WAIT_MS);
    try {
      return await pictureAt(options, deviceId, instantUs, instantUs - LIVE_AGE_US);
    } catch (error) {
      if (!(error instanceof VasError) || error.kind !== 'not_found') throw error;
      throw new VasError('unavailable', 'No pictures come from the camera at the moment. Try again.');
    }
  }

  return {
    livePicture,

    async heal() {
      const hasRow = async (id: string) => (await store.read.getSnapshot(id)) !== null;
      await removeLeftovers({ folder, worker, log, startedUs, hasRow });
    },

    async captureLive({ device_id: deviceId }) {
      const createdUs = clock.wallUs();
      return keep(deviceId, 'live', await livePicture(deviceId), createdUs);
    },

    async captureHistorical({ device_id: deviceId, timestamp }) {
      const createdUs = clock.wallUs();
      const instantUs = usFromIso(timestamp);
      await requireDevice(deviceId);
      const newestUs = footage.newestUs(deviceId);
      // An instant just now may still be on its way into the file.
      if (newestUs !== null && instantUs > newestUs && instantUs <= (footage.nowUs(deviceId) ?? 0))
        await footage.waitUntilReadable(deviceId, instantUs, LIVE_WAIT_MS);
      return keep(deviceId, 'historical', await pictureAt(options, deviceId, instantUs), createdUs);
    },

    async list({ device_id: deviceId, skip, limit }) {
      const { rows, total } = await store.read.listSnapshots({
        ...(deviceId === undefined ? {} : { deviceId }),
        offset: skip,
        limit,
      });
      return { snapshots: rows.map(shapeOf), count: rows.length, total };
    },

    get: async (id) => shapeOf(await requireRow(id)),

    async delete(id) {
      const row = await requireRow(id);
      const [failure] = await worker.run('removeDurably', [path.join(folder, row.file)], null);
      if (failure != null) throw new VasError('unavailable', `The snapshot cannot be deleted: ${failure}`);
      await store.write.deleteSnapshot(id);
      options.onChanged?.();
      await options.onDeleted?.(id);
    },

    async fileOf(id) {
      const row = isCaptureId(id) ? await store.read.getSnapshot(id) : null;
      return row && path.join(folder, row.file);
    },
  };
}

function shapeOf(row: SnapshotRow): Snapshot {
  return {
    id: row.id,
    device_id: row.deviceId,
    device_name: row.deviceName,
    timestamp: isoFromUs(row.timestampUs),
    source: row.source,
    file_size: row.bytes,
    url: `vas-media://snapshots/${row.id}`,
    created_at: isoFromUs(row.createdUs),
  };
}
