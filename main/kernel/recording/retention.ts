import type { Clock } from '../../base/clock';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { SegmentRow, Store } from '../../store/types';
import type { MediaWorker } from '../media/mediaWorker';
import type { Deletions } from './deletions';
import type { Holds } from './holds';
import { disksOf } from './folders/disks';
import { bytesIn, expiryByRules } from './folders/retentionPreview';
import type { StorageFolder, StorageFolders } from './folders/storageFolders';
import type { RetentionSettings } from './settings';
import { DAY_US, floorBytes, GUARD_SHARE } from './settings';
import type { WriteRate } from './writeRate';

/** Segments a batch removes: few, so that a sweep can stop as soon as there is space. */
const BATCH = 16;

export interface FolderSpace {
  readonly free: number;
  readonly total: number;
  readonly floor: number;
  /** Tells file systems apart. */
  readonly device: number;
}

export type RetentionReason = 'days' | 'bytes' | 'floor';

/** What days and bytes would delete if somebody confirmed it. */
export interface RefusedSweep {
  readonly segments: number;
  readonly bytes: number;
  /** All recordings in folders that are there, bytes. */
  readonly recordedBytes: number;
}

export interface SweepReport {
  readonly removed: Readonly<Record<RetentionReason, number>>;
  readonly bytes: number;
  /** Days and bytes ask for more than half of everything: nothing was removed for them. */
  readonly guarded: boolean;
  /** The free-space floor could not be reached. */
  readonly belowFloor: boolean;
}

/**
 * Gives up the oldest footage (W-29): by age, by total size and by free space. A wrong setting or a wrong
 * system clock must not cost everything at once: where days and bytes ask for more than half of all recorded
 * bytes, nothing goes until a person has confirmed it; free space knows no such limit, because then recording
 * would stop.
 * Files that are read stay, footage that is locked stays, and so does what is being written, which has no row.
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
  readonly #rate: WriteRate;
  #isLargeAllowed = false;
  #refused: RefusedSweep | null = null;
  #sweeping: Promise<SweepReport> | null = null;

  constructor(options: {
    folders: StorageFolders;
    /** Folders that are being written: their disks must keep free space. */
    written: () => readonly StorageFolder[];
    store: Store;
    worker: MediaWorker;
    holds: Holds;
    rate: WriteRate;
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
    this.#rate = options.rate;
    this.#settings = options.settings;
  }

  /** @param confirmed a person has seen what they delete: the next sweep may remove more than half of everything */
  setSettings(settings: RetentionSettings, confirmed: boolean): void {
    this.#settings = settings;
    this.#isLargeAllowed = confirmed;
  }

  /** A person has seen what is refused and wants it. */
  async sweepConfirmed(): Promise<SweepReport> {
    // One that runs has refused it already, and so has one that began when it ended.
    while (this.#sweeping) await this.#sweeping.catch(() => undefined);
    this.#isLargeAllowed = true;
    return this.sweep();
  }

  /** What the last sweep refused to delete; null: nothing. */
  get refused(): RefusedSweep | null {
    return this.#refused;
  }

  get settings(): RetentionSettings {
    return this.#settings;
  }

  /** Bytes that stay free on a file system of this size, at the present rate of writing. */
  floorOf(totalBytes: number): number {
    return floorBytes(this.#settings, totalBytes, this.#rate.bytesPerSecond());
  }

  /** Free bytes of the file system that holds a folder, and how many must stay free. */
  async space(folder: StorageFolder): Promise<FolderSpace> {
    const space = await this.#worker.run('space', folder.path);
    return { ...space, floor: this.floorOf(space.total) };
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
    // Taken together, before anything is waited for: a permission is for the rules that somebody has seen.
    const settings = this.#settings;
    const isAllowed = this.#isLargeAllowed;
    this.#isLargeAllowed = false;
    const nowUs = this.#clock.wallUs();
    const { maxDays, maxBytes } = settings;
    // Where files cannot be removed nothing else is given up, or the index would lose what is still there.
    const stuck = new Set(await this.#deletions.finish());
    // What lies in a folder that is missing stays, in the index too, until the folder is back.
    const ready = await this.#folders.ready();
    const removed = { days: 0, bytes: 0, floor: 0 };
    /** Segments that cannot go now. */
    const kept = new Set<string>();
    const total = await bytesIn(ready, this.#store);
    let left = total;
    const guarded = await this.#isTooMuch({ settings, isAllowed, nowUs, ready, total });

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
          if (wanted <= 0) break;
          batch.push(row);
          wanted -= row.bytes;
        }
        if (batch.length === 0) return;
        const gone = await this.#remove(batch, reason, kept, stuck);
        if (gone.length === 0) return;
        removed[reason] += gone.length;
        left -= gone.reduce((sum, row) => sum + row.bytes, 0);
      }
    };

    if (maxDays !== null && !guarded)
      await apply('days', ready, nowUs - maxDays * DAY_US, () => Number.POSITIVE_INFINITY);
    if (maxBytes !== null && !guarded) await apply('bytes', ready, null, () => left - maxBytes);
    let stillBelow = false;
    for (const disk of await disksOf(ready, this.#written(), this.#worker)) {
      const missing = async (): Promise<number> => {
        const { free, floor } = await this.space(disk.written);
        return floor - free;
      };
      await apply('floor', disk.folders, null, missing);
      stillBelow ||= (await missing()) > 0;
    }
    if (left < total) await this.#store.write.forgetOldGaps();
    if (stillBelow) this.#log.error('the disk is full and there is no footage left that may be removed');
    return { removed, bytes: total - left, guarded, belowFloor: stillBelow };
  }

  /** Whether days and bytes ask for more than may go without a person saying so. */
  async #isTooMuch(sweep: {
    readonly settings: RetentionSettings;
    /** A person has seen what these rules delete. */
    readonly isAllowed: boolean;
    readonly nowUs: number;
    readonly ready: readonly StorageFolder[];
    readonly total: number;
  }): Promise<boolean> {
    const { settings, isAllowed, nowUs, ready, total } = sweep;
    const { segments, bytes } = await expiryByRules(settings, {
      ...{ ready, recordedBytes: total, store: this.#store, nowUs },
    });
    // One segment may always go: half of one is none.
    const isMuch = bytes > total * GUARD_SHARE && segments > 1;
    const isTooMuch = isMuch && !isAllowed;
    if (isTooMuch && this.#refused === null)
      this.#log.error(
        { recordedBytes: total, bytes, segments },
        'the rules would delete more than half of all footage: nothing is deleted until somebody confirms it',
      );
    this.#refused = isTooMuch ? { segments, bytes, recordedBytes: total } : null;
    return isTooMuch;
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
          unlockedAtUs: this.#clock.wallUs(),
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
  ): Promise<readonly SegmentRow[]> {
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
    return gone;
  }
}
