import { MOTION_BYTES } from '../../../contract/motionGrid';
import type { Disposable } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import { packSeconds } from '../../store/queries/motionMinute';
import type { MotionMinuteRow } from '../../store/types';

const MINUTE_US = 60_000_000;
/** Retention is looked after once in so many minutes. */
const EXPIRE_MINUTES = 60;

export interface MotionStore {
  addMotion(rows: readonly MotionMinuteRow[]): Promise<void>;
  expireMotion(nowUs: number): Promise<number>;
}

/**
 * Where something moved, kept by the second: a mask a second and camera in memory, written in batches once a minute
 * and before somebody asks. A crash costs the last minute. Frames drive it; there is no timer.
 */
export class MotionRecorder implements Disposable {
  readonly #store: MotionStore;
  readonly #log: Logger;
  /** By camera and minute since the epoch. */
  readonly #open = new Map<string, Map<number, Map<number, Uint8Array>>>();
  #minute = 0;
  #expired = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(store: MotionStore, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  /** A picture was looked at. @param mask cells in which something moved */
  note(cameraId: string, wallUs: number, mask: Uint8Array): void {
    const minute = Math.floor(wallUs / MINUTE_US);
    const second = Math.floor((wallUs % MINUTE_US) / 1_000_000);
    if (minute < 0) return;
    let minutes = this.#open.get(cameraId);
    if (!minutes) this.#open.set(cameraId, (minutes = new Map()));
    let seconds = minutes.get(minute);
    if (!seconds) minutes.set(minute, (seconds = new Map()));
    const sum = seconds.get(second) ?? new Uint8Array(MOTION_BYTES);
    mask.forEach((byte, index) => (sum[index] = (sum[index] ?? 0) | byte));
    seconds.set(second, sum);
    if (minute <= this.#minute) return;
    this.#minute = minute;
    void this.flush(minute);
  }

  /** Writes what there is. @param before only minutes before this one; default all. Never rejects. */
  flush(before = Infinity): Promise<void> {
    const rows: MotionMinuteRow[] = [];
    for (const [cameraId, minutes] of this.#open)
      for (const [minute, seconds] of minutes) {
        if (minute >= before) continue;
        const { known, data } = packSeconds(seconds);
        rows.push({ cameraId, minute, known, data });
        minutes.delete(minute);
      }
    const expire = this.#minute - this.#expired >= EXPIRE_MINUTES;
    if (expire) this.#expired = this.#minute;
    if (rows.length > 0 || expire)
      this.#writing = this.#writing.then(async () => {
        try {
          if (rows.length > 0) await this.#store.addMotion(rows);
          if (expire) await this.#store.expireMotion(this.#minute * MINUTE_US);
        } catch (error) {
          this.#log.warn({ reason: messageOf(error), minutes: rows.length }, 'motion could not be kept');
        }
      });
    return this.#writing;
  }

  dispose(): Promise<void> {
    return this.flush();
  }
}
