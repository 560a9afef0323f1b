import type Database from 'better-sqlite3';
import type { HealthMinute } from '../types';
import type { ReadPart, WritePart } from './part';

interface RawMinute {
  readonly atS: number;
  readonly layoutId: number;
  readonly samples: Uint8Array;
}

export function healthSeriesReads(db: Database.Database): ReadPart<'healthMinutes'> {
  const layouts = db.prepare<[], { id: number; names: string }>('SELECT id, names FROM health_layouts');
  const minutes = db.prepare<[number, number], RawMinute>(
    `SELECT at_s AS atS, layout_id AS layoutId, samples FROM health_minutes
     WHERE at_s >= ? AND at_s < ? ORDER BY at_s`,
  );
  return {
    healthMinutes(fromS, toS) {
      const names = new Map(layouts.all().map((one) => [one.id, JSON.parse(one.names) as string[]]));
      return minutes.all(fromS, toS).map(({ atS, layoutId, samples }): HealthMinute => {
        // A copy: floats need their own alignment.
        const bytes = Uint8Array.from(samples);
        return { atS, names: names.get(layoutId) ?? [], values: new Float32Array(bytes.buffer) };
      });
    },
  };
}

export function healthSeriesWrites(db: Database.Database): WritePart<'saveHealthMinute'> {
  const find = db.prepare<[string], number>('SELECT id FROM health_layouts WHERE names = ?').pluck();
  const add = db
    .prepare<[string], number>('INSERT INTO health_layouts (names) VALUES (?) RETURNING id')
    .pluck();
  const expire = db.prepare<[number]>('DELETE FROM health_minutes WHERE at_s < ?');
  const forget = db.prepare(
    'DELETE FROM health_layouts WHERE id NOT IN (SELECT layout_id FROM health_minutes)',
  );
  // A clock that was set back lives through a minute twice: the newer one counts.
  const put = db.prepare<[number, number, Uint8Array]>(
    'INSERT OR REPLACE INTO health_minutes (at_s, layout_id, samples) VALUES (?, ?, ?)',
  );
  const save = db.transaction(({ atS, names, values }: HealthMinute, keepFromS: number): void => {
    const text = JSON.stringify(names);
    expire.run(keepFromS);
    let layoutId = find.get(text);
    if (layoutId === undefined) {
      forget.run();
      layoutId = add.get(text);
    }
    if (layoutId === undefined) throw new Error('the layout of a minute was not kept');
    put.run(atS, layoutId, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  });
  return { saveHealthMinute: (minute, keepFromS) => save.immediate(minute, keepFromS) };
}
