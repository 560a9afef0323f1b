import { randomUUID } from 'node:crypto';
import type { AlertDetail, AlertKind } from '../../../contract/alerts';
import { alertDetail, alertKind } from '../../../contract/alerts';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { AlertRow, Store } from '../../store/types';
import type { AlertRecord, Observation } from './types';
import { isActive, keyOf, KIND_RULES } from './types';

/** Alerts that are over and not acknowledged: the newest of them stay in sight. */
const MOST_PENDING = 500;
/** How often a store that refused an alert is asked again, milliseconds. */
const SAVE_AGAIN_MS = 10_000;

interface Track {
  /** The alert of this state, while it lasts. */
  alert: AlertRecord | null;
  /** When it was first seen, monotonic and wall, microseconds. */
  present: Moment | null;
  /** Since when it is gone. */
  absent: Moment | null;
}

interface Moment {
  readonly monotonicUs: number;
  readonly wallUs: number;
}

export interface AlertBookOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a camera is away before it is told, milliseconds. */
  readonly offlineAfterMs: () => number;
}

/**
 * The alerts that last or that nobody has acknowledged. A state is told when it has lasted for a while and is
 * over when it has been gone for a while, so that a camera which reconnects within a second raises nothing and
 * one that comes and goes raises one. What the store cannot take is shown all the same, and kept later.
 */
export class AlertBook implements Disposable {
  readonly #options: AlertBookOptions;
  readonly #tracks = new Map<string, Track>();
  /** By id; what is shown. */
  readonly #shown = new Map<string, AlertRecord>();
  readonly #unsaved = new Map<string, AlertRecord>();
  readonly #changed: Emitter<void>;
  #saving: Promise<void> | null = null;
  #saveAgainUs = 0;
  #isDisposed = false;

  constructor(options: AlertBookOptions) {
    this.#options = options;
    this.#changed = new Emitter((error) =>
      options.log.error({ reason: messageOf(error) }, 'a listener to alerts failed'),
    );
  }

  onChanged(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  /** Takes up what lasted when the application ended, so that what was acknowledged stays so. */
  async load(): Promise<void> {
    for (const row of await this.#options.store.read.pendingAlerts(2 * MOST_PENDING)) {
      const record = recordOf(row);
      if (record === null) continue;
      this.#shown.set(record.id, record);
      if (record.clearedUs === null && !KIND_RULES[record.kind].isEvent)
        this.#tracks.set(keyOf(record), { alert: record, present: this.#now(), absent: null });
    }
    this.#changed.emit();
  }

  /** Everything that is to be shown, in no order. */
  current(): AlertRecord[] {
    return [...this.#shown.values()];
  }

  /** A state has begun or ended that is not told yet, or the store is to be asked again. */
  get isWaiting(): boolean {
    if (this.#unsaved.size > 0) return true;
    for (const { alert, present, absent } of this.#tracks.values())
      if (absent !== null || (alert === null && present !== null)) return true;
    return false;
  }

  /** What was found about every possible state; one that is not mentioned any more is gone. */
  observe(observations: readonly Observation[]): void {
    const now = this.#now();
    const seen = new Set<string>();
    let isChanged = false;
    for (const one of observations) {
      const key = keyOf(one);
      seen.add(key);
      isChanged = this.#follow(key, one, now) || isChanged;
    }
    for (const [key, track] of this.#tracks)
      if (!seen.has(key)) isChanged = this.#absent(key, track, now) || isChanged;
    this.#trim();
    if (isChanged) this.#changed.emit();
    this.#save();
  }

  /** Something that happened at once, or that was over when it became known. */
  note(kind: AlertKind, detail: AlertDetail, raisedUs: number, clearedUs: number): void {
    this.#put({ ...fresh(kind, null, null, raisedUs, detail), clearedUs });
    this.#options.log.warn({ kind, detail }, 'alert');
    this.#changed.emit();
    this.#save();
  }

  /** @returns how many were not acknowledged before */
  async acknowledge(
    ids: readonly string[],
    user: { readonly id: string; readonly name: string },
  ): Promise<number> {
    const nowUs = this.#options.clock.wallUs();
    const known = ids.map((id) => this.#shown.get(id)).filter((one) => one?.acknowledgedUs === null);
    // In memory first: a full disk must not keep the sound going.
    for (const record of known)
      if (record !== undefined) this.#put({ ...record, acknowledgedUs: nowUs, acknowledgedBy: user });
    if (known.length > 0) this.#changed.emit();
    this.#save();
    await this.#saving;
    const others = ids.filter((id) => !this.#shown.has(id));
    this.#forgetFinished();
    const further =
      others.length === 0 ? 0 : await this.#options.store.write.acknowledgeAlerts(others, user.id, nowUs);
    return known.length + further;
  }

  /** Resolves when everything is kept that the store takes. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#saving;
    this.#saveAgainUs = 0;
    this.#save();
    await this.#saving;
  }

  #follow(key: string, one: Observation, now: Moment): boolean {
    const track = this.#tracks.get(key) ?? { alert: null, present: null, absent: null };
    if (one.presence === 'absent') return this.#absent(key, track, now);
    if (one.presence === 'unknown') return false;
    this.#tracks.set(key, track);
    track.absent = null;
    track.present ??= now;
    if (track.alert !== null) return this.#detail(track, track.alert, one.detail);
    const lastedMs = (now.monotonicUs - track.present.monotonicUs) / 1000;
    if (lastedMs < this.#raiseAfterMs(one.kind)) return false;
    track.alert = fresh(one.kind, one.cameraId, one.subject, track.present.wallUs, one.detail);
    this.#put(track.alert);
    this.#options.log.warn({ kind: one.kind, cameraId: one.cameraId, detail: one.detail }, 'alert');
    return true;
  }

  #absent(key: string, track: Track, now: Moment): boolean {
    if (!this.#tracks.has(key)) return false;
    track.absent ??= now;
    const { alert, absent } = track;
    const kind = alert?.kind ?? alertKind.parse(key.split('|')[0]);
    if ((now.monotonicUs - absent.monotonicUs) / 1000 < KIND_RULES[kind].clearAfterMs) return false;
    this.#tracks.delete(key);
    if (alert === null) return false;
    const current = this.#shown.get(alert.id) ?? alert;
    this.#put({ ...current, clearedUs: absent.wallUs });
    this.#forgetFinished();
    this.#options.log.info({ kind, cameraId: alert.cameraId }, 'alert is over');
    return true;
  }

  /** Facts change while a state lasts; they are kept with its next change. */
  #detail(track: Track, alert: AlertRecord, detail: AlertDetail): boolean {
    const current = this.#shown.get(alert.id) ?? alert;
    if (JSON.stringify(current.detail) === JSON.stringify(detail)) return false;
    track.alert = { ...current, detail };
    this.#shown.set(alert.id, track.alert);
    return true;
  }

  #raiseAfterMs(kind: AlertKind): number {
    return kind === 'camera-offline' ? this.#options.offlineAfterMs() : KIND_RULES[kind].raiseAfterMs;
  }

  #put(record: AlertRecord): void {
    this.#shown.set(record.id, record);
    this.#unsaved.set(record.id, record);
  }

  /** What is over and acknowledged is history. */
  #forgetFinished(): void {
    for (const [id, record] of this.#shown)
      if (record.acknowledgedUs !== null && !isActive(record)) this.#shown.delete(id);
  }

  #trim(): void {
    const over = [...this.#shown.values()].filter((record) => !isActive(record));
    if (over.length <= MOST_PENDING) return;
    over.sort((one, other) => one.raisedUs - other.raisedUs);
    for (const { id } of over.slice(0, over.length - MOST_PENDING)) this.#shown.delete(id);
  }

  #save(): void {
    if (this.#saving !== null || this.#unsaved.size === 0) return;
    if (this.#options.clock.monotonicUs() < this.#saveAgainUs) return;
    this.#saving = this.#saveAll().finally(() => {
      this.#saving = null;
      if (!this.#isDisposed) this.#save();
    });
  }

  async #saveAll(): Promise<void> {
    for (const [id, record] of [...this.#unsaved]) {
      try {
        await this.#options.store.write.saveAlert(rowOf(record));
      } catch (error) {
        this.#saveAgainUs = this.#options.clock.monotonicUs() + SAVE_AGAIN_MS * 1000;
        this.#options.log.error(
          { reason: messageOf(error) },
          'an alert cannot be kept; it is shown and tried again',
        );
        return;
      }
      if (this.#unsaved.get(id) === record) this.#unsaved.delete(id);
    }
  }

  #now(): Moment {
    const { clock } = this.#options;
    return { monotonicUs: clock.monotonicUs(), wallUs: clock.wallUs() };
  }
}

function fresh(
  kind: AlertKind,
  cameraId: string | null,
  subject: string | null,
  raisedUs: number,
  detail: AlertDetail,
): AlertRecord {
  return {
    ...{ id: randomUUID(), kind, cameraId, cameraName: null, subject, detail, raisedUs },
    ...{ clearedUs: null, acknowledgedUs: null, acknowledgedBy: null },
  };
}

/** Null for a kind that another version knew. */
export function recordOf(row: AlertRow): AlertRecord | null {
  const kind = alertKind.safeParse(row.kind);
  if (!kind.success) return null;
  const detail = alertDetail.safeParse(JSON.parse(row.detail));
  return {
    id: row.id,
    kind: kind.data,
    cameraId: row.deviceId,
    cameraName: row.deviceName,
    subject: row.subject,
    detail: detail.success ? detail.data : {},
    raisedUs: row.raisedUs,
    clearedUs: row.clearedUs,
    acknowledgedUs: row.acknowledgedUs,
    acknowledgedBy:
      row.acknowledgedBy === null ? null : { id: row.acknowledgedBy, name: row.acknowledgedByName ?? '' },
  };
}

function rowOf(record: AlertRecord): Omit<AlertRow, 'deviceName' | 'acknowledgedByName'> {
  const { id, kind, cameraId, subject, detail, raisedUs, clearedUs, acknowledgedUs } = record;
  return {
    ...{ id, kind, deviceId: cameraId, subject, detail: JSON.stringify(detail) },
    ...{ raisedUs, clearedUs, acknowledgedUs, acknowledgedBy: record.acknowledgedBy?.id ?? null },
  };
}
