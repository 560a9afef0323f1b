import type { RequestOf, ResponseOf } from '../../contract';
import type { AiEvent, AiEventFilter } from '../../contract/events';
import { VasError } from '../base/errors';
import type { EventReads } from '../store/events/types';
import { cursorOf, instantOf, textOfCursor, toEvent, toFilter } from './shape';

/** Beyond this many the total is a lower bound (architecture, Storage). */
const COUNTED = 10_000;

/** Reads of the history (reference 5.3). Nothing here can write: it is given the read-only connections. */
export class EventQueries {
  readonly #read: EventReads;
  readonly #userId: () => string;

  constructor(read: EventReads, userId: () => string) {
    this.#read = read;
    this.#userId = userId;
  }

  /** @throws VasError not_found, unavailable */
  async get(id: string): Promise<AiEvent> {
    const row = await this.#read.getEvent(id, this.#userId());
    if (row === null) throw new VasError('not_found', 'There is no such event.', { details: { id } });
    return toEvent(row);
  }

  /** @throws VasError invalid, unavailable */
  async list(request: RequestOf<'ai-events.list'>): Promise<ResponseOf<'ai-events.list'>> {
    const { camera_id, model_id, limit, offset, cursor, with_total, ...rest } = request;
    const filter: AiEventFilter = {
      ...rest,
      ...(camera_id === undefined ? {} : { camera_ids: [camera_id] }),
      ...(model_id === undefined ? {} : { model_ids: [model_id] }),
    };
    const wanted = toFilter(filter, this.#userId());
    const [page, counted] = await Promise.all([
      this.#read.listEvents(wanted, {
        limit,
        offset,
        ...(cursor === undefined ? {} : { after: cursorOf(cursor) }),
      }),
      with_total ? this.#read.countEvents(wanted, COUNTED) : { count: 0, isExact: false },
    ]);
    // Both are read at once; an event that came in between is on the page already.
    const seen = page.rows.length === 0 ? 0 : offset + page.rows.length;
    return {
      events: page.rows.map(toEvent),
      total: with_total ? Math.max(counted.count, seen) : 0,
      total_is_exact: counted.isExact,
      limit,
      offset,
      next_cursor: page.next === null ? null : textOfCursor(page.next),
      scanned_to: page.scannedToUs === null ? null : instantOf(page.scannedToUs),
    };
  }

  /** @param cameraIds default: all */
  names(cameraIds?: readonly string[]): Promise<ResponseOf<'ai-events.names'>> {
    return this.#read.eventNames(cameraIds).then(({ labels, zones, cameraIds: camera_ids, modelIds }) => ({
      labels,
      zones,
      camera_ids,
      model_ids: modelIds,
    }));
  }

  /** Which of these spans (microseconds, ascending) hold an event of a camera. */
  spansOf(cameraId: string, spans: readonly (readonly [number, number])[]): Promise<boolean[]> {
    return this.#read.spansWithEvents({ cameraIds: [cameraId] }, spans);
  }

  /** @throws VasError invalid when spans are not in ascending order */
  async spans({ filter, spans }: RequestOf<'ai-events.spans'>): Promise<ResponseOf<'ai-events.spans'>> {
    const inUs = spans.map(([from, to]) => [Date.parse(from) * 1000, Date.parse(to) * 1000] as const);
    if (inUs.some(([from, to]) => to <= from))
      throw new VasError('invalid', 'Each span must end after it begins.');
    return { marked: await this.#read.spansWithEvents(toFilter(filter, this.#userId()), inUs) };
  }
}
