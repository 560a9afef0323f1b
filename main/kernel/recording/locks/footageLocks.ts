import { randomUUID } from 'node:crypto';
import type { RequestOf, ResponseOf } from '../../../../contract';
import { callerNow } from '../../../base/caller';
import type { Clock } from '../../../base/clock';
import { VasError } from '../../../base/errors';
import type { FootageLockRow, Store } from '../../../store/types';
import { isoFromUs, usFromIso } from '../../media/instants';

type Lock = ResponseOf<'locks.create'>;

/** What a lock shall hold, resolved to cameras and time. Microseconds since the epoch. */
export interface LockedSpan {
  readonly source: FootageLockRow['source'];
  /** Id of the event or bookmark; null for a range. */
  readonly sourceId: string | null;
  readonly cameraIds: readonly string[];
  readonly startUs: number;
  readonly endUs: number;
}

/** A year: a lock is for something that happened, retention is for everything. */
const LONGEST_US = 366 * 86_400_000_000;

/** Footage that must outlive retention. */
export class FootageLocks {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** @throws VasError invalid, not_found for a camera that does not exist */
  async create(span: LockedSpan, reason: string, until: string | null): Promise<Lock> {
    const nowUs = this.#clock.wallUs();
    if (span.endUs <= span.startUs) throw new VasError('invalid', 'The end must be after the start.');
    if (span.endUs - span.startUs > LONGEST_US)
      throw new VasError('invalid', 'A lock holds a year at most. Lock a shorter time.');
    for (const id of span.cameraIds)
      if (!(await this.#store.read.getDevice(id)))
        throw new VasError('not_found', 'There is no such camera.', { details: { id } });
    const user = callerNow() ?? (await this.#store.read.localUser());
    const { source, sourceId, cameraIds, startUs, endUs } = span;
    const row = await this.#store.write.addFootageLock({
      ...{ id: randomUUID(), source, sourceId, cameraIds: [...new Set(cameraIds)], startUs, endUs, reason },
      ...{ createdBy: user.id, createdUs: nowUs, untilUs: this.#untilUs(until) },
    });
    return lockOf(row, nowUs);
  }

  async list(request: RequestOf<'locks.list'>): Promise<ResponseOf<'locks.list'>> {
    const nowUs = this.#clock.wallUs();
    const { device_ids, start, end, state, skip, limit } = request;
    const { rows, total } = await this.#store.read.listFootageLocks({
      ...(device_ids === undefined ? {} : { cameraIds: device_ids }),
      ...(start === undefined ? {} : { fromUs: usFromIso(start) }),
      ...(end === undefined ? {} : { toUs: usFromIso(end) }),
      ...(state === 'active' ? { activeAtUs: nowUs } : {}),
      ...{ offset: skip, limit },
    });
    return { locks: rows.map((row) => lockOf(row, nowUs)), total };
  }

  /** @throws VasError not_found, conflict when it holds no longer, invalid */
  async extend({ id, until }: RequestOf<'locks.extend'>): Promise<Lock> {
    const nowUs = this.#clock.wallUs();
    return lockOf(await this.#store.write.extendFootageLock(id, this.#untilUs(until), nowUs), nowUs);
  }

  /** @throws VasError not_found, conflict when it holds no longer */
  async release(id: string): Promise<Lock> {
    const nowUs = this.#clock.wallUs();
    const user = callerNow() ?? (await this.#store.read.localUser());
    return lockOf(await this.#store.write.releaseFootageLock(id, user.id, nowUs), nowUs);
  }

  #untilUs(until: string | null): number | null {
    if (until === null) return null;
    const us = usFromIso(until);
    if (us <= this.#clock.wallUs())
      throw new VasError('invalid', 'The end of a lock must be in the future. To end it now, release it.');
    return us;
  }
}

function lockOf(row: FootageLockRow, nowUs: number): Lock {
  const isoOrNull = (us: number | null): string | null => (us === null ? null : isoFromUs(us));
  return {
    ...{ id: row.id, source: row.source, source_id: row.sourceId, device_ids: [...row.cameraIds] },
    ...{ start: isoFromUs(row.startUs), end: isoFromUs(row.endUs), reason: row.reason },
    ...{ created_by: row.createdByName, created_at: isoFromUs(row.createdUs), until: isoOrNull(row.untilUs) },
    ...{ released_at: isoOrNull(row.releasedUs), released_by: row.releasedByName },
    is_active: row.releasedUs === null && (row.untilUs === null || row.untilUs > nowUs),
    recorded_bytes: row.bytes,
  };
}
