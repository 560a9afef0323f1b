import type { ResponseOf } from '../../../contract';
import type { Clock } from '../../base/clock';
import type { StoreReads } from '../../store/types';
import { isoFromUs } from '../media/instants';
import type { CameraLoad } from './archiveEstimate';
import { estimateArchive } from './archiveEstimate';
import type { FolderReport } from './folders/recordingFolders';
import type { Recording } from './recording';
import { DAY_US } from './settings';

/** An answer is good for this long: a day of segments is summed for it, microseconds. */
const FRESH_US = 20_000_000;

type Outlook = ResponseOf<'recordings.outlook'>;

/** How far back recordings reach and how far they will, per camera and in all. */
export class ArchiveOutlook {
  readonly #read: StoreReads;
  readonly #recording: Recording;
  readonly #clock: Clock;
  #last: { readonly atUs: number; readonly outlook: Promise<Outlook> } | null = null;

  constructor(read: StoreReads, recording: Recording, clock: Clock) {
    this.#read = read;
    this.#recording = recording;
    this.#clock = clock;
  }

  /** Windows that ask at the same time share an answer. */
  get(): Promise<Outlook> {
    const nowUs = this.#clock.monotonicUs();
    if (this.#last && nowUs - this.#last.atUs < FRESH_US) return this.#last.outlook;
    const outlook = this.#compute();
    this.#last = { atUs: nowUs, outlook };
    outlook.catch(() => {
      if (this.#last?.outlook === outlook) this.#last = null;
    });
    return outlook;
  }

  /** A camera, a schedule or a rule was changed: the next answer is a new one. */
  forget(): void {
    this.#last = null;
  }

  async #compute(): Promise<Outlook> {
    const [usage, { rows }, folders] = await Promise.all([
      this.#read.archiveUsage(this.#clock.wallUs() - DAY_US),
      this.#read.listDevices(),
      this.#recording.folders.list(),
    ]);
    const used = new Map(usage.map((row) => [row.cameraId, row]));
    const loads = rows.map(({ id, isActive, recording, schedule }): CameraLoad => {
      const { dayBytes = 0, daySeconds = 0 } = used.get(id) ?? {};
      return {
        cameraId: id,
        bytes: dayBytes,
        seconds: daySeconds,
        isRecorded: isActive && recording,
        share: schedule === null ? 1 : [...schedule].filter((slot) => slot === '1').length / schedule.length,
      };
    });
    const { maxDays, maxBytes } = this.#recording.retention();
    const space = roomIn(folders);
    const estimate = estimateArchive(loads, { space, maxBytes, maxDays });
    return {
      cameras: rows.map(({ id }) => {
        const row = used.get(id);
        return {
          device_id: id,
          recorded_bytes: row?.bytes ?? 0,
          oldest: row ? isoFromUs(row.oldestUs) : null,
          newest: row ? isoFromUs(row.newestUs) : null,
          bytes_per_day: estimate.bytesPerDay.get(id) ?? null,
        };
      }),
      bytes_per_day: estimate.totalPerDay,
      unmeasured: estimate.unmeasured,
      days: estimate.days,
      limit: estimate.limit,
      recorded_bytes: folders.reduce((sum, folder) => sum + folder.bytes, 0),
    };
  }
}

/** Footage that fits into the folder that is written, what is there now included; null while it is missing. */
function roomIn(folders: readonly FolderReport[]): number | null {
  const current = folders.find(({ isCurrent }) => isCurrent);
  if (!current?.space) return null;
  return current.bytes + current.space.free - current.space.floor;
}
