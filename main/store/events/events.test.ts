import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../worker/migrate';
import { eventMigrations } from './migrations';
import { eventReads } from './reads';
import type { EventCursor, EventFilter, EventRow, NewEvent } from './types';
import { uuid7 } from './uuid';
import { bucketOf, eventWrites } from './writes';

const CAMERAS = ['cam-a', 'cam-b', 'cam-c'];
const MODELS = ['people', 'pose'];
const LABELS = ['person', 'car', 'dog'];
const START_US = 1_800_000_000_000_000;

const event = (more: Partial<NewEvent> = {}): NewEvent => ({
  id: uuid7(START_US),
  cameraId: 'cam-a',
  modelId: 'people',
  timestampUs: START_US,
  frameId: 7,
  trackId: 1,
  detections: '{"schema":1,"detections":[]}',
  labels: ['person'],
  zones: [],
  confidence: 0.5,
  metadata: '{}',
  createdUs: START_US,
  ...more,
});

describe('the event store', () => {
  let db: Database.Database;
  let write: ReturnType<typeof eventWrites>;
  let read: ReturnType<typeof eventReads>;
  beforeEach(() => {
    db = new Database(':memory:');
    db.pragma('foreign_keys = ON');
    migrate(db, eventMigrations, { nowUs: START_US, userName: '' });
    write = eventWrites(db);
    read = eventReads(db);
  });
  afterEach(() => db.close());

  const all = (filter: EventFilter, limit: number): EventRow[] => {
    const rows: EventRow[] = [];
    let after: EventCursor | undefined;
    for (let pages = 0; pages < 1000; pages++) {
      const page = read.listEvents(filter, { limit, ...(after === undefined ? {} : { after }) });
      rows.push(...page.rows);
      if (page.next === null) return rows;
      after = page.next;
    }
    throw new Error('the pages do not end');
  };

  it('tells the names of all events, or of those of some cameras', () => {
    const [at, other] = [{ labels: ['car'], zones: ['Yard'], cameraId: 'cam-b' }, { modelId: 'pose' }];
    write.insertEvents([event({ zones: ['Door'] }), event({ id: uuid7(START_US), ...at, ...other })]);
    const names = (labels: string[], zones: string[], cameraIds: string[], modelIds: string[]) => ({
      ...{ labels, zones, cameraIds, modelIds },
    });
    expect(read.eventNames()).toEqual(
      names(['car', 'person'], ['Door', 'Yard'], ['cam-a', 'cam-b'], ['people', 'pose']),
    );
    expect(read.eventNames(['cam-b', 'cam-c'])).toEqual(names(['car'], ['Yard'], ['cam-b'], ['pose']));
    expect(read.eventNames(['cam-c'])).toEqual(names([], [], [], []));
  });

  it('keeps an event verbatim, and shows it in the columns of the seed', () => {
    const detections = '{"objects": [ {"class": "person",  "bbox": [1, 2, 3, 4]} ], "count": 1}';
    const one = event({ detections, metadata: '{"model_version":"8.0.1"}', zones: ['Door'] });
    write.insertEvents([one]);
    expect(read.getEvent(one.id)).toMatchObject({
      id: one.id,
      cameraId: 'cam-a',
      modelId: 'people',
      detections,
      metadata: '{"model_version":"8.0.1"}',
      snapshotId: null,
      reviewedUs: null,
    });
    expect(db.prepare('SELECT * FROM ai_events').get()).toEqual({
      id: one.id,
      camera_id: 'cam-a',
      model_id: 'people',
      timestamp: '2027-01-15T08:00:00.000Z',
      frame_id: 7,
      detections,
      confidence: 0.5,
      event_metadata: '{"model_version":"8.0.1"}',
      created_at: '2027-01-15T08:00:00.000Z',
    });
  });

  it('INV-71: refuses every change and removal of an event', () => {
    const one = event();
    write.insertEvents([one]);
    expect(() => db.exec("UPDATE event_rows SET detections = '{}'")).toThrow('never changed');
    expect(() => db.exec('DELETE FROM event_tags; DELETE FROM event_rows')).toThrow(
      'only removed by its expiry',
    );
    expect(read.getEvent(one.id)).not.toBeNull();
  });

  it.each([
    [{ confidence: 1.01 }, 'confidence_range'],
    [{ confidence: -0.1 }, 'confidence_range'],
    [{ detections: '[]' }, 'detections_are_object'],
    [{ detections: 'no json' }, 'malformed JSON'],
    [{ metadata: '3' }, 'metadata_is_object'],
    [{ modelId: '' }, 'event_names_length'],
    [{ modelId: 'x'.repeat(129) }, 'event_names_length'],
    [{ frameId: 2 ** 53 }, 'frame_id_range'],
    [{ id: 'x' }, 'NOT NULL'],
  ])('refuses %j, and nothing of the batch is kept', (more, constraint) => {
    expect(() => write.insertEvents([event(), event({ id: uuid7(START_US), ...more })])).toThrow(constraint);
    expect(read.eventStats().events).toBe(0);
    write.insertEvents([event()]);
    expect(all({ labels: ['person'] }, 10), 'names made in the lost transaction work').toHaveLength(1);
  });

  it('INV-78: lets one caller trigger an event, for ever', () => {
    const one = event();
    write.insertEvents([one]);
    expect(write.claimTrigger(one.id, 1)).toBe(true);
    expect(write.claimTrigger(one.id, 2)).toBe(false);
    expect(eventWrites(db).claimTrigger(one.id, 3), 'after a restart').toBe(false);
    write.linkMedia(one.id, { snapshotId: 's' });
    write.linkMedia(one.id, { clipId: 'c' });
    expect(read.getEvent(one.id)).toMatchObject({ snapshotId: 's', clipId: 'c' });
    expect(() => write.claimTrigger(uuid7(1), 1)).toThrow('no such event');
  });

  it('knows who reviewed what', () => {
    const [a, b] = [event(), event({ id: uuid7(START_US) })];
    write.insertEvents([a, b]);
    expect(write.setReviewed([a.id, uuid7(9)], 'alex', true, 5)).toBe(1);
    const ids = (filter: EventFilter) => all(filter, 10).map(({ id }) => id);
    expect(ids({ reviewed: true, userId: 'alex' })).toEqual([a.id]);
    expect(ids({ reviewed: false, userId: 'alex' })).toEqual([b.id]);
    expect(ids({ reviewed: true, userId: 'kim' })).toEqual([]);
    expect(read.getEvent(a.id, 'alex')?.reviewedUs).toBe(5);
    write.setReviewed([a.id], 'alex', false, 6);
    expect(ids({ reviewed: true, userId: 'alex' })).toEqual([]);
  });

  it('lets old events go, audited, with what hangs on them, and no others', () => {
    const old = event({ timestampUs: START_US - 10 });
    const young = event({ id: uuid7(START_US) });
    write.insertEvents([old, young]);
    write.claimTrigger(old.id, 1);
    write.setReviewed([old.id], 'alex', true, 1);
    write.linkMedia(old.id, { snapshotId: 's' });
    expect(write.expireEvents(write.beginExpiry(START_US, 'alex', 77), 100)).toEqual({
      removed: 1,
      snapshotIds: ['s'],
      clipIds: [],
    });
    expect(all({}, 10).map(({ id }) => id)).toEqual([young.id]);
    expect(db.prepare('SELECT user_id, before_us, at_us, deleted FROM event_expiries').all()).toEqual([
      { user_id: 'alex', before_us: START_US, at_us: 77, deleted: 1 },
    ]);
    expect(() => db.exec('DELETE FROM event_expiries')).toThrow('audit');
    expect(() => db.exec('DELETE FROM event_rows')).toThrow();
    expect(read.eventStats()).toMatchObject({ events: 1, oldestUs: START_US });
  });

  it('lets events go batch by batch, and tells of media that nothing shows any more', () => {
    const at = (n: number) => event({ id: uuid7(START_US), timestampUs: START_US + n * 1_000_000 });
    const list = Array.from({ length: 10 }, (_, n) => at(n));
    write.insertEvents(list);
    for (const [n, one] of list.entries()) {
      write.claimTrigger(one.id, 1);
      // Two events share a picture, and one clip shows all of the first six.
      write.linkMedia(one.id, { snapshotId: `s${String(n >> 1)}`, ...(n < 6 ? { clipId: 'c' } : {}) });
    }
    const beforeUs = START_US + 7_000_000;
    const count = (most: number) => {
      const counts: number[] = [];
      let after: EventCursor | undefined;
      do {
        const part = read.countOlder(beforeUs, most, after);
        counts.push(part.count);
        after = part.next ?? undefined;
      } while (after !== undefined);
      return counts;
    };
    expect([count(100), count(3), count(7)]).toEqual([[7], [3, 3, 1], [7, 0]]);
    expect(read.lastExpiry()).toBeNull();
    const expiry = write.beginExpiry(beforeUs, 'alex', 77);
    expect([1, 2, 3].map(() => write.expireEvents(expiry, 3))).toEqual([
      { removed: 3, snapshotIds: ['s0'], clipIds: [] },
      { removed: 3, snapshotIds: ['s1', 's2'], clipIds: ['c'] },
      // The picture of the seventh is the eighth's, too.
      { removed: 1, snapshotIds: [], clipIds: [] },
    ]);
    expect(write.expireEvents(expiry, 3).removed).toBe(0);
    expect(read.lastExpiry()).toEqual({ userId: 'alex', beforeUs, atUs: 77, removed: 7 });
    expect(read.eventStats()).toMatchObject({ events: 3, oldestUs: beforeUs });
    for (const table of ['event_tags', 'event_triggers'])
      expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(3);
    expect(() => write.expireEvents(99, 1)).toThrow('no such expiry');
    expect(() => db.exec('DELETE FROM event_tags; DELETE FROM event_rows')).toThrow('only removed');
  });

  it('sorts confidence into its own step', () => {
    for (let step = 0; step <= 20; step++) expect(bucketOf(step / 20)).toBe(step);
    expect(bucketOf(null)).toBe(-1);
    expect(bucketOf(0.549)).toBe(10);
  });

  const some = <T>(values: readonly T[]) =>
    fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
  const random = fc.record({
    cameraId: fc.constantFrom(...CAMERAS),
    modelId: fc.constantFrom(...MODELS),
    at: fc.integer({ min: 0, max: 12 }),
    labels: fc.subarray(LABELS),
    zones: fc.subarray(['Door', 'Yard']),
    confidence: fc.option(fc.constantFrom(0, 0.12, 0.5, 0.52, 0.55, 1)),
    reviewed: fc.boolean(),
  });
  const filters = fc.record({
    cameraIds: some([...CAMERAS, 'cam-unknown']),
    modelIds: some(MODELS),
    labels: some([...LABELS, 'unknown']),
    zones: some(['Door', 'Yard']),
    from: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
    to: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
    minConfidence: fc.option(fc.constantFrom(0.1, 0.51, 0.55), { nil: undefined }),
    reviewed: fc.option(fc.boolean(), { nil: undefined }),
  });

  it('finds what a look at every event finds, page by page, for any filter', () => {
    fc.assert(
      fc.property(
        fc.array(random, { maxLength: 30 }),
        fc.array(filters, { minLength: 1, maxLength: 5 }),
        (list, wanted) => {
          db.close();
          db = new Database(':memory:');
          migrate(db, eventMigrations, { nowUs: START_US, userName: '' });
          write = eventWrites(db);
          read = eventReads(db);
          const events = list.map(({ at, reviewed, ...one }) => ({
            ...event({ ...one, id: uuid7(START_US), timestampUs: START_US + at }),
            reviewed,
          }));
          const seqs = events.length === 0 ? [] : write.insertEvents(events);
          write.setReviewed(
            events.filter(({ reviewed }) => reviewed).map(({ id }) => id),
            'alex',
            true,
            1,
          );
          for (const { from, to, ...rest } of wanted) {
            const given = {
              ...rest,
              fromUs: from === undefined ? undefined : START_US + from,
              toUs: to === undefined ? undefined : START_US + to,
            };
            const filter = Object.fromEntries(
              Object.entries(given).filter(([, value]) => value !== undefined),
            ) as EventFilter;
            const any = (names: readonly string[] | undefined, has: readonly string[]) =>
              names === undefined || names.some((name) => has.includes(name));
            const expected = events
              .map((one, index) => ({ ...one, seq: seqs[index] ?? 0 }))
              .filter(
                (one) =>
                  any(filter.cameraIds, [one.cameraId]) &&
                  any(filter.modelIds, [one.modelId]) &&
                  any(filter.labels, one.labels) &&
                  any(filter.zones, one.zones) &&
                  one.timestampUs >= (filter.fromUs ?? 0) &&
                  one.timestampUs <= (filter.toUs ?? Infinity) &&
                  (filter.minConfidence === undefined || (one.confidence ?? -1) >= filter.minConfidence) &&
                  (filter.reviewed === undefined || filter.reviewed === one.reviewed),
              )
              .sort((a, b) => b.timestampUs - a.timestampUs || b.seq - a.seq)
              .map(({ id }) => id);
            const asked = { ...filter, userId: 'alex' };
            for (const limit of [1, 3, 100]) expect(all(asked, limit).map(({ id }) => id)).toEqual(expected);
            expect(read.listEvents(asked, { limit: 5, offset: 2 }).rows.map(({ id }) => id)).toEqual(
              expected.slice(2, 7),
            );
            expect(read.countEvents(asked, 10_000)).toEqual({ count: expected.length, isExact: true });
            expect(read.spansWithEvents(asked, [[START_US, START_US + 100]])).toEqual([expected.length > 0]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
