import { expect, test } from 'vitest';
import { NOW_US, databaseAt, device, uuid } from '../testing/fixtures';
import type { LayoutTileRow } from '../types';
import { readHandlers, writeHandlers } from '.';

function store() {
  const db = databaseAt();
  const [read, write] = [readHandlers(db), writeHandlers(db)];
  write.createDevice(device(1));
  write.createDevice(device(2));
  const add = (n: number, name: string, tiles: readonly LayoutTileRow[] = [tile(null)]) =>
    write.createLayout({ id: uuid(n), name, kind: '2x2', tiles, nowUs: NOW_US + n });
  return { read, write, add };
}

const tile = (deviceId: string | null): LayoutTileRow => ({ deviceId, place: null });
const names = ({ read }: ReturnType<typeof store>) => read.listLayouts().map(({ name }) => name);

test('come back whole, tiles in their order', () => {
  const { read, add } = store();
  const tiles = [tile(uuid(2)), tile(null), tile(uuid(1)), tile(null)];
  const row = add(10, 'Night', tiles);
  expect(row).toEqual({
    ...{ id: uuid(10), name: 'Night', kind: '2x2', tiles },
    ...{ createdUs: NOW_US + 10, updatedUs: NOW_US + 10 },
  });
  expect(read.listLayouts()).toEqual([row]);
});

test('a deleted camera leaves an empty tile', () => {
  const { read, write, add } = store();
  add(10, 'Night', [tile(uuid(2)), tile(uuid(1))]);
  write.deleteDevice(uuid(2), NOW_US);
  expect(read.listLayouts()[0]?.tiles).toEqual([tile(null), tile(uuid(1))]);
});

test('a name belongs to one layout, whatever its case', () => {
  const { write, add } = store();
  add(10, 'Night');
  add(11, 'Day');
  const taken = expect.objectContaining({ kind: 'conflict', message: expect.stringContaining('"NIGHT"') });
  expect(() => add(12, 'NIGHT')).toThrow(taken);
  expect(() => write.updateLayout(uuid(11), { name: 'NIGHT', nowUs: 1 })).toThrow(taken);
  expect(write.updateLayout(uuid(10), { name: 'NIGHT', nowUs: 1 }).name).toBe('NIGHT');
});

test('name and content change one without the other', () => {
  const { write, add } = store();
  add(10, 'Night', [tile(uuid(1))]);
  expect(write.updateLayout(uuid(10), { name: 'Late', nowUs: 7 })).toMatchObject({
    ...{ name: 'Late', kind: '2x2', tiles: [tile(uuid(1))], updatedUs: 7 },
  });
  const place = { x: 0, y: 0, w: 48, h: 48 };
  const content = { kind: 'free', tiles: [{ deviceId: uuid(2), place }] } as const;
  expect(write.updateLayout(uuid(10), { content, nowUs: 8 })).toMatchObject({ name: 'Late', ...content });
});

test('are listed in the order of their making until they are reordered', () => {
  const used = store();
  for (const [n, name] of [
    [10, 'A'],
    [11, 'B'],
    [12, 'C'],
  ] as const)
    used.add(n, name);
  expect(names(used)).toEqual(['A', 'B', 'C']);
  used.write.reorderLayouts([uuid(12), uuid(10), uuid(11)]);
  expect(names(used)).toEqual(['C', 'A', 'B']);
  used.write.deleteLayout(uuid(10));
  used.add(13, 'D');
  expect(names(used)).toEqual(['C', 'B', 'D']);
});

test('an order of other layouts is refused and changes nothing', () => {
  const used = store();
  used.add(10, 'A');
  used.add(11, 'B');
  const changed = expect.objectContaining({ kind: 'conflict' });
  expect(() => used.write.reorderLayouts([uuid(11)])).toThrow(changed);
  expect(() => used.write.reorderLayouts([uuid(11), uuid(12)])).toThrow(changed);
  expect(() => used.write.reorderLayouts([uuid(11), uuid(11)])).toThrow(changed);
  expect(names(used)).toEqual(['A', 'B']);
});

test('what is not there is not found', () => {
  const { write } = store();
  const missing = expect.objectContaining({ kind: 'not_found' });
  expect(() => write.deleteLayout(uuid(9))).toThrow(missing);
  expect(() => write.updateLayout(uuid(9), { name: 'x', nowUs: 1 })).toThrow(missing);
});
