import type { TimelineCamera } from '../../../contract/playback';
import { VasError } from '../../base/errors';
import type { StoreReads } from '../../store/types';
import type { FootageSource } from '../media/footage';
import { coverageOf, divided, joined } from './spans';
import type { Span } from './spans';

/** Marks that other parts of the application have; each answers for one camera, spans in order. */
export interface TimelineMarks {
  /** Which of these spans hold an event. */
  events?(cameraId: string, spans: readonly Span[]): Promise<readonly boolean[]>;
  motion?(cameraId: string, fromUs: number, toUs: number, stepUs: number): Promise<readonly Span[]>;
  locks?(cameraId: string, fromUs: number, toUs: number): Promise<readonly Span[]>;
}

export interface TimelineRequest {
  readonly cameraIds: readonly string[];
  readonly fromUs: number;
  readonly toUs: number;
  /** How many columns the time line has. */
  readonly pixels: number;
}

/** A year and a bit: longer ranges cost without showing more. */
const LONGEST_US = 400 * 86_400_000_000;
const MOST_BOOKMARKS = 500;

/** What there is of cameras over a range; reads indexes on the reader threads only. */
export class Timeline {
  readonly #read: StoreReads;
  readonly #footage: Pick<FootageSource, 'unregistered'>;

  constructor(read: StoreReads, footage: Pick<FootageSource, 'unregistered'>) {
    this.#read = read;
    this.#footage = footage;
  }

  /** @throws VasError invalid for a range that is empty or longer than 400 days */
  async get(
    { cameraIds, fromUs, toUs, pixels }: TimelineRequest,
    marks: TimelineMarks = {},
  ): Promise<TimelineCamera[]> {
    if (toUs <= fromUs) throw new VasError('invalid', 'The time line must end after it begins.');
    if (toUs - fromUs > LONGEST_US) throw new VasError('invalid', 'A time line shows at most 400 days.');
    const stepUs = Math.max(1, Math.floor((toUs - fromUs) / pixels));
    return Promise.all(cameraIds.map((id) => this.#camera(id, { fromUs, toUs, stepUs, pixels }, marks)));
  }

  async #camera(
    cameraId: string,
    range: { fromUs: number; toUs: number; stepUs: number; pixels: number },
    marks: TimelineMarks,
  ): Promise<TimelineCamera> {
    const { fromUs, toUs, stepUs, pixels } = range;
    const columns = divided(fromUs, toUs, pixels);
    // What is being written has no row yet, but it can be watched. First: what gets its row meanwhile is found twice.
    const unregistered = await this.#footage.unregistered(cameraId);
    const [pieces, bookmarks, events, motion, locks] = await Promise.all([
      this.#read.coverage(cameraId, fromUs, toUs, stepUs),
      this.#read.bookmarksBetween(cameraId, fromUs, toUs, MOST_BOOKMARKS),
      marks.events?.(cameraId, columns) ?? [],
      marks.motion?.(cameraId, fromUs, toUs, stepUs) ?? [],
      marks.locks?.(cameraId, fromUs, toUs) ?? [],
    ]);
    const recent = unregistered
      .filter(({ startUs, endUs }) => startUs < toUs && endUs > fromUs)
      .map(({ startUs, endUs }) => ({ startUs, endUs, coveredUs: endUs - startUs }));
    const known = [...pieces, ...recent].sort((one, other) => one.startUs - other.startUs);
    const { recorded, sparse } = coverageOf(known, stepUs);
    return {
      camera_id: cameraId,
      recorded: inMs(recorded),
      sparse: inMs(sparse),
      motion: inMs(joined(motion, stepUs)),
      events: inMs(
        joined(
          columns.filter((_column, index) => events[index] === true),
          0,
        ),
      ),
      locks: inMs(locks),
      bookmarks: bookmarks.map((row) => ({
        ...{ id: row.id, label: row.label, center: row.centerUs / 1000 },
        ...{ from: row.startUs / 1000, to: row.endUs / 1000 },
      })),
    };
  }
}

const inMs = (spans: readonly Span[]): [number, number][] =>
  spans.map(([from, to]) => [from / 1000, to / 1000]);
