import type { Clock } from '../../base/clock';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { SegmentRow, Store } from '../../store/types';
import type { MediaWorker } from '../media/mediaWorker';
import type { Deletions } from './deletions';
import type { Holds } from './holds';
import { disksOf } from './folders/disks';
import type { StorageFolder, StorageFolders } from './folders/storageFolders';
import type { RetentionSettings } from './settings';
import { DAY_US, defaultFloor, GUARD_SHARE } from './settings';

/** Segments a batch removes: few, so that a sweep can stop as soon as there is space. */
const BATCH = 16;
/** ...(GUARD_SHARE) and then these two rules rest, so that somebody can look: microseconds. */
const GUARD_REST_US = 3_600_000_000;

export interface FolderSpace {
  readonly free: number;
  readonly total: number;
  readonly floor: number;
  /** Tells file systems apart. */
  readonly device: number;
}

export type RetentionReason = 'days' | 'bytes' | 'floor';

export interface SweepReport {
  readonly removed: Readonly<Record<RetentionReason, number>>;
  readonly bytes: number;
  /** Less was removed than days or bytes ask for: half of everything is the limit. */
  readonly guarded: boolean;
  /** The free-space floor could not be reached. */
  readonly belowFloor: boolean;
}

/**
 * Gives up the oldest footage (W-29): by age, by total size and by free space. A wrong setting or a wrong
 * system clock must not cost everything at once: days and bytes remove at most half of all recorded bytes in
 * one sweep and then rest for an hour; free space knows no such limit, because then recording would stop.
 * Files that are read stay, and so does what is being written, which has no row.
 */
export class Retention {
  readonly #folders: StorageFolders;
  readonly #written: () => readonly StorageFolder[];
  readonly #store: Store;
  readonly #worker: MediaWorker;
  readonly #holds: Holds;
  readonly #deletions: Deletions;
  readonly #clock: Clock;
  readonly #log: Logger;
  #settings: RetentionSettings;
  #restUntilUs: number | null = null;
  #sweeping: Promise<SweepReport> | null = null;

  constructor(options: {
    folders: StorageFolders;
    /** Folders that are being written: their disks must keep free space. */
    written: () => readonly StorageFolder[];
    store: Store;
    worker: MediaWorker;
    holds: Holds;
    deletions: Deletions;
    clock: Clock;
    log: Logger;
    settings: RetentionSettings;
  }) {
    this.#folders = options.folders;
    this.#written = options.written;
    this.#store = options.store;
    this.#worker = options.worker;
    this.#holds = options.holds;
    this.#deletions = options.deletions;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#settings = options.settings;
  }

  setSettings(settings: RetentionSettings): void {
    this.#settings = settings;
    this.#restUntilUs = null;
  }

  get settings(): RetentionSettings {
    return this.#settings;
  }

  /** Free bytes of the file system that holds a folder, and how many must stay free. */
  async space(folder: StorageFolder): Promise<FolderSpace> {
    const space = await this.#worker.run('space', folder.path);
    return { ...space, floor: this.#settings.floorBytes ?? defaultFloor(space.total) };
  }

  /** Applies all rules once; a call during a sweep shares it. */
  sweep(): Promise<SweepReport> {
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = null;
    });
    return this.#sweeping;
  }

  /** Sweeps when a folder's free space is below the floor. @returns whether it is not, in the end */
  async keepFloor(folder: StorageFolder): Promise<boolean> {
    const before = await this.space(folder);
    if (before.free >= before.floor) return true;
    await this.sweep();
    const after = await this.space(folder);
    return after.free >= after.floor;
  }

  async #sweep(): Promise<SweepReport> {
    const { maxDays, maxBytes } = this.#settings;
    // What lies in a folder that is missing stays, in the index too, until the folder is back.
    // Where files cannot be removed nothing else is given up, or the index would lose what is still there.
    const stuck = new Set(await this.#deletions.finish());
    const ready = await this.#folders.ready(this.#worker);
    const removed = { days: 0, bytes: 0, floor: 0 };
    /** Segments that cannot go now. */
    const kept = new Set<string>();
    const total = await this.#store.read.recordedBytes();
    let left = total;
    const resting = this.#restUntilUs !== null && this.#clock.monotonicUs() < this.#restUntilUs;
    const least = resting ? total : total * (1 - GUARD_SHARE);
    let guarded = false;

    /** @param surplus bytes that this rule still wants to go */
    const apply = async (
      reason: RetentionReason,
      from: readonly StorageFolder[],
      endBeforeUs: number | null,
      surplus: () => Promise<number> | number,
    ): Promise<void> => {
      for (;;) {
        let wanted = await surplus();
        const batch: SegmentRow[] = [];
        for (const row of wanted > 0 ? await this.#oldest(from, kept, stuck, endBeforeUs) : []) {
          // One segment may always go: half of one is none.
          const tooMuch =
            left - row.bytes < least && (resting || removed.days + removed.bytes + batch.length > 0);
          if (wanted <= 0) break;
          if (reason !== 'floor' && tooMuch) {
            guarded = true;
            break;
          }
          batch.push(row);
          left -= row.bytes;
          wanted -= row.bytes;
        }
        removed[reason] += await this.#remove(batch, reason, kept, stuck);
        if (batch.length === 0 || (guarded && reason !== 'floor')) return;
      }
    };

    if (maxDays !== null)
      await apply('days', ready, this.#clock.wallUs() - maxDays * DAY_US, () => Number.POSITIVE_INFINITY);
    if (maxBytes !== null) await apply('bytes', ready, null, () => left - maxBytes);
    let stillBelow = false;
    for (const disk of await disksOf(ready, this.#written(), this.#worker)) {
      const missing = async (): Promise<number> => {
        const { free, floor } = await this.space(disk.written);
        return floor - free;
      };
      await apply('floor', disk.folders, null, missing);
      stillBelow ||= (await missing()) > 0;
    }
    if (guarded && !resting) {
      this.#restUntilUs = this.#clock.monotonicUs() + GUARD_REST_US;
      this.#log.error(
        { recordedBytes: total, leftBytes: left },
        'retention would remove more than half of all footage: half is removed now, the rest not before an hour',
      );
    }
    if (stillBelow) this.#log.error('the disk is full and there is no footage left that may be removed');
    return { removed, bytes: total - left, guarded, belowFloor: stillBelow };
  }

  async #oldest(
    folders: readonly StorageFolder[],
    kept: Set<string>,
    stuck: ReadonlySet<string>,
    endBeforeUs: number | null,
  ): Promise<SegmentRow[]> {
    const rows: SegmentRow[] = [];
    for (const folder of folders.filter(({ id }) => !stuck.has(id)))
      rows.push(
        ...(await this.#store.read.oldestSegments({
          folderId: folder.id,
          limit: BATCH + kept.size,
          ...(endBeforeUs === null ? {} : { endBeforeUs }),
        })),
      );
    rows.sort((a, b) => a.endUs - b.endUs);
    const free: SegmentRow[] = [];
    for (const row of rows) {
      if (kept.has(row.id)) continue;
      if (this.#holds.isHeld(this.#folders.fileOf(row))) kept.add(row.id);
      else free.push(row);
    }
    return free.slice(0, BATCH);
  }

  async #remove(
    rows: readonly SegmentRow[],
    reason: RetentionReason,
    kept: Set<string>,
    stuck: Set<string>,
  ): Promise<number> {
    if (rows.length === 0) return 0;
    let gone: readonly SegmentRow[] = [];
    try {
      const report = await this.#deletions.remove(rows);
      for (const id of report.stuck) stuck.add(id);
      gone = rows.filter((row) => report.gone.has(row.id));
    } catch (error) {
      this.#log.error({ reason: messageOf(error) }, 'footage cannot be given up');
    }
    for (const row of rows) if (!gone.includes(row)) kept.add(row.id);
    const bytes = gone.reduce((sum, row) => sum + row.bytes, 0);
    const period = { fromUs: gone[0]?.startUs, toUs: gone.at(-1)?.endUs };
    this.#log.info({ reason, segments: gone.length, bytes, ...period }, 'footage was given up');
    return gone.length;
  }
}
