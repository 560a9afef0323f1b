import type Database from 'better-sqlite3';
import type { Names } from './names';
import type { EventCursor, EventFilter } from './types';

/** One event as an index knows it. */
export interface Entry {
  readonly timestampUs: number;
  readonly seq: number;
  readonly bucket: number;
}

/** An index range whose entries come newest first; a filter's page is a merge of its ranges. */
export interface Range {
  /** Entries behind `after` (exclusive) and not before `fromUs`. */
  entries(after: EventCursor, fromUs: number): IterableIterator<Entry>;
}

type Keys = readonly (number | null)[];
/** Time, seq, bucket. */
type RawEntry = [number, number, number];
type Walk = Database.Statement<number[], RawEntry>;

/** Entries of a range that are read at once: few at first, since a page of many ranges needs few of each. */
const FIRST_BLOCK = 64;
const LARGEST_BLOCK = 4_096;

/**
 * The ranges of a filter: each is one walk down one index. A list of cameras, models or labels becomes one range
 * for each combination, whose merge costs a little per range, where a sort would cost a little per event.
 */
export class Ranges {
  readonly #db: Database.Database;
  readonly #names: Names;
  readonly #statements = new Map<string, Walk>();

  constructor(db: Database.Database, names: Names) {
    this.#db = db;
    this.#names = names;
  }

  /** Null: a name that no event has; nothing can match. */
  of(filter: EventFilter): readonly Range[] | null {
    const cameras = this.#keys('camera', filter.cameraIds);
    const models = this.#keys('model', filter.modelIds);
    // One tag leads; a second kind of tag is looked up for each candidate (reads.ts).
    const labels = this.#keys('label', filter.labels);
    const zones = this.#keys('zone', filter.zones);
    if ([cameras, models, labels, zones].some((keys) => keys.length === 0)) return null;
    const tags = filter.labels === undefined ? zones : labels;
    const ranges: Range[] = [];
    for (const tag of tags)
      for (const camera of cameras)
        for (const model of models) ranges.push(...this.#range(tag, camera, model));
    return ranges;
  }

  #range(tag: number | null, camera: number | null, model: number | null): Range[] {
    if (tag === null) {
      if (camera !== null && model !== null) return [this.#walk('event_rows', { camera, model })];
      if (camera !== null) return [this.#walk('event_rows', { camera })];
      return [this.#walk('event_rows', model === null ? {} : { model })];
    }
    if (camera === null && model === null) return [this.#walk('event_tags', { tag })];
    // The primary key wants all three: whatever is open takes every value that exists.
    const every = (kind: 'camera' | 'model'): number[] =>
      this.#db.prepare<[string], number>('SELECT key FROM event_names WHERE kind = ?').pluck().all(kind);
    return (camera === null ? every('camera') : [camera]).flatMap((one) =>
      (model === null ? every('model') : [model]).map((other) =>
        this.#walk('event_tags', { tag, camera: one, model: other }),
      ),
    );
  }

  #walk(table: 'event_rows' | 'event_tags', equal: Readonly<Record<string, number>>): Range {
    const columns = Object.keys(equal);
    const key = `${table} ${columns.join(' ')}`;
    const values = Object.values(equal);
    let statement = this.#statements.get(key);
    if (statement === undefined) {
      const where = [
        ...columns.map((column) => `${column} = ?`),
        '(timestamp_us, seq) < (?, ?)',
        'timestamp_us >= ?',
      ];
      statement = this.#db
        .prepare<number[], RawEntry>(
          `SELECT timestamp_us, seq, bucket FROM ${table} WHERE ${where.join(' AND ')}
           ORDER BY timestamp_us DESC, seq DESC LIMIT ?`,
        )
        .raw();
      this.#statements.set(key, statement);
    }
    return { entries: (after, fromUs) => walk(statement, values, after, fromUs) };
  }

  #keys(kind: 'camera' | 'model' | 'label' | 'zone', wanted: readonly string[] | undefined): Keys {
    if (wanted === undefined) return [null];
    return [...new Set(wanted)].map((name) => this.#names.keyOf(kind, name)).filter((key) => key !== null);
  }
}

/**
 * Reads a range block by block, which costs a third of row by row. The caller's transaction makes the blocks fit
 * together.
 */
function* walk(
  statement: Walk,
  values: readonly number[],
  after: EventCursor,
  fromUs: number,
): Generator<Entry, void, undefined> {
  let { timestampUs, seq } = after;
  for (let block = FIRST_BLOCK; ; block = Math.min(2 * block, LARGEST_BLOCK)) {
    const rows = statement.all(...values, timestampUs, seq, fromUs, block);
    for (const row of rows) yield { timestampUs: row[0], seq: row[1], bucket: row[2] };
    const last = rows.at(-1);
    if (last === undefined || rows.length < block) return;
    [timestampUs, seq] = last;
  }
}

/** Entries of all ranges, newest first, each event once. */
export function* merged(
  ranges: readonly Range[],
  after: EventCursor,
  fromUs: number,
): Generator<Entry, void, undefined> {
  const heads: { entry: Entry; rest: IterableIterator<Entry> }[] = [];
  const open: IterableIterator<Entry>[] = [];
  try {
    for (const range of ranges) {
      const rest = range.entries(after, fromUs);
      open.push(rest);
      const first = rest.next();
      if (first.done !== true) heads.push({ entry: first.value, rest });
    }
    let last = -1;
    while (heads.length > 0) {
      let newest = 0;
      for (let index = 1; index < heads.length; index++)
        if (isNewer(heads[index]?.entry as Entry, heads[newest]?.entry as Entry)) newest = index;
      const head = heads[newest] as (typeof heads)[number];
      const { entry } = head;
      const next = head.rest.next();
      if (next.done === true) heads.splice(newest, 1);
      else head.entry = next.value;
      // An event with two of the wanted labels stands in two ranges.
      if (entry.seq !== last) yield entry;
      last = entry.seq;
    }
  } finally {
    for (const rest of open) rest.return?.();
  }
}

function isNewer(a: Entry, b: Entry): boolean {
  return a.timestampUs !== b.timestampUs ? a.timestampUs > b.timestampUs : a.seq > b.seq;
}
