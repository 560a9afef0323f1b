import { describe, expect, it } from 'vitest';
import { SeriesBook } from './seriesBook';

/** A full hour. */
const START = 1_800_000_000;

function filled(seconds: number, value: (atS: number) => number, name = 'cpu_percent') {
  const book = new SeriesBook();
  const minutes = [];
  for (let atS = START; atS < START + seconds; atS += 10) {
    const ended = book.add(atS, new Map([[name, value(atS)]]));
    if (ended !== null) minutes.push(ended);
  }
  return { book, minutes, nowS: START + seconds };
}

describe('the book of measurements', () => {
  it('tells the last hour in steps of ten seconds', () => {
    const { book, nowS } = filled(3_600, (atS) => (atS - START) / 10);
    expect(book.resolution(START, nowS)).toBe(10);
    const values = book.values('cpu_percent', { fromS: START, toS: nowS, stepS: 10 }, nowS);
    expect(values).toEqual(Array.from({ length: 360 }, (_, index) => index));
  });

  it('thins out: averages levels, keeps peaks, adds up what is counted', () => {
    for (const [name, expected] of [
      ['cpu_percent', 2.5],
      ['event_loop_delay_ms', 5],
      ['reconnects_total', 15],
    ] as const) {
      const { book, minutes, nowS } = filled(120, (atS) => ((atS - START) / 10) % 6, name);
      expect(book.values(name, { fromS: START, toS: START + 60, stepS: 60 }, nowS)).toEqual([expected]);
      expect(minutes).toEqual([{ atS: START, names: [name], values: Float32Array.of(expected) }]);
    }
  });

  it('holds a day by the minute, and no more than that', () => {
    const day = 86_400;
    const { book, nowS } = filled(2 * day, (atS) => Math.floor((atS - START) / 60));
    const values = book.values('cpu_percent', { fromS: nowS - day, toS: nowS - 60, stepS: 60 }, nowS);
    expect(values[0]).toBe(day / 60);
    expect(values).not.toContain(null);
    const before = book.values('cpu_percent', { fromS: START, toS: START + 600, stepS: 60 }, nowS);
    expect(before.every((value) => value === null)).toBe(true);
  });

  it('leaves gaps where nothing was measured', () => {
    const book = new SeriesBook();
    book.add(START, new Map([['cpu_percent', 1]]));
    book.add(START + 30, new Map([['cpu_percent', 2]]));
    const range = { fromS: START, toS: START + 40, stepS: 10 };
    expect(book.values('cpu_percent', range, START + 40)).toEqual([1, null, null, 2]);
  });

  it('takes up what was kept, but not over what it measured itself, and nothing of other versions', () => {
    const { book, nowS } = filled(120, () => 7);
    const kept = { names: ['cpu_percent', 'some_other'], values: Float32Array.of(3, 4) };
    book.restore({ atS: START - 7_200, ...kept });
    book.restore({ atS: START, ...kept });
    const at = (fromS: number) =>
      book.values('cpu_percent', { fromS, toS: fromS + 60, stepS: 60 }, START + 7_200);
    expect(at(START - 7_200)).toEqual([3]);
    expect(at(START)).toEqual([7]);
    expect(book.series().map(({ name }) => name)).toEqual(['cpu_percent']);
    expect(nowS).toBe(START + 120);
  });

  it('survives a clock that is set back', () => {
    const { book } = filled(300, () => 1);
    book.add(START + 100, new Map([['cpu_percent', 9]]));
    const range = { fromS: START + 100, toS: START + 110, stepS: 10 };
    expect(book.values('cpu_percent', range, START + 110)).toEqual([9]);
  });
});
