import { describe, expect, test } from 'vitest';
import { layoutChannels, layoutContent } from '../../contract/layouts';
import type { Store } from '../store/types';
import { NOW_US, databaseAt, device, uuid } from '../store/testing/fixtures';
import { readHandlers, writeHandlers } from '../store/queries';
import { LayoutBook } from './layoutBook';

const tile = (device_id: string | null) => ({ device_id, place: null });
const placed = (x: number, y: number, w: number, h: number, device_id: string | null = null) => ({
  device_id,
  place: { x, y, w, h },
});

/** The queries themselves, without their thread. */
function book(): LayoutBook {
  const db = databaseAt();
  const write = writeHandlers(db);
  write.createDevice(device(1));
  write.createDevice(device(2));
  const promised = (handlers: object) =>
    Object.fromEntries(
      Object.entries(handlers as Record<string, (...args: unknown[]) => unknown>).map(([name, handler]) => [
        name,
        async (...args: unknown[]) => handler(...args),
      ]),
    );
  const store = { read: promised(readHandlers(db)), write: promised(write) };
  return new LayoutBook(store as unknown as Store, () => NOW_US);
}

describe('what a layout may contain', () => {
  const messages = (content: unknown) =>
    layoutContent.safeParse(content).error?.issues.map(({ message }) => message) ?? [];

  test.each([
    [{ kind: '1', tiles: [tile(uuid(1))] }],
    [{ kind: '1+5', tiles: Array.from({ length: 6 }, () => tile(null)) }],
    [{ kind: 'free', tiles: [] }],
    [{ kind: 'free', tiles: [placed(0, 0, 24, 48, uuid(1)), placed(24, 0, 24, 48)] }],
  ])('%j', (content) => expect(messages(content)).toEqual([]));

  test.each([
    [{ kind: '2x2', tiles: [tile(null)] }, /2x2 has 4 tiles/],
    [{ kind: '1', tiles: [placed(0, 0, 48, 48)] }, /only tiles of a free arrangement/i],
    [{ kind: 'free', tiles: [tile(null)] }, /needs a place/],
    [{ kind: 'free', tiles: [placed(0, 0, 24, 24), placed(23, 23, 10, 10)] }, /cover each other/],
    [{ kind: 'free', tiles: [placed(40, 0, 9, 9)] }, /outside the wall/],
    [{ kind: 'free', tiles: Array.from({ length: 17 }, () => placed(0, 0, 8, 8)) }, /at most 16/],
    [{ kind: '2x2', tiles: [tile(uuid(1)), tile(uuid(1)), tile(null), tile(null)] }, /twice/],
    [{ kind: '9x9', tiles: [] }, /.*/],
  ])('refused: %j', (content, message) => {
    expect(messages(content).join(' ')).toMatch(message);
    expect(messages(content)).not.toEqual([]);
  });

  test('a name without letters is refused with what to do', () => {
    const request = layoutChannels['layouts.create'].request;
    const parsed = request.safeParse({ name: '   ', content: { kind: 'free', tiles: [] } });
    expect(parsed.error?.issues[0]?.message).toBe('Give the layout a name.');
  });
});

test('every change tells every window, a refused one does not', async () => {
  const layouts = book();
  const seen: number[] = [];
  const stop = layouts.subscribe(({ revision }) => seen.push(revision));
  const made = await layouts.create({ name: 'Night', content: { kind: '1', tiles: [tile(uuid(1))] } });
  await expect(
    layouts.create({ name: 'night', content: { kind: '1', tiles: [tile(null)] } }),
  ).rejects.toMatchObject({ kind: 'conflict' });
  await layouts.update({ id: made.id, name: 'Late' });
  await layouts.reorder([made.id]);
  await layouts.delete(made.id);
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  stop();
  await layouts.create({ name: 'Day', content: { kind: 'free', tiles: [] } });
  expect(seen).toHaveLength(5);
  expect((await layouts.list()).layouts.map(({ name }) => name)).toEqual(['Day']);
});

describe('somebody who may not watch every camera', () => {
  const GATE = uuid(1);
  const YARD = uuid(2);
  const watches =
    (...ids: string[]) =>
    (id: string) =>
      ids.includes(id);
  const refused = { kind: 'forbidden', details: { code: 'hidden_cameras' } };
  const fixed = { kind: '2x2' as const, tiles: [tile(YARD), tile(null), tile(null), tile(null)] };
  const free = { kind: 'free' as const, tiles: [placed(0, 0, 24, 24), placed(24, 0, 24, 24, YARD)] };

  test.each([
    [fixed, { ...fixed, tiles: [tile(null), tile(GATE), tile(null), tile(null)] }],
    [free, { ...free, tiles: [placed(24, 0, 24, 24), placed(0, 8, 24, 24, GATE)] }],
  ])('leaves the others in their tiles when saving %j', async (before, sent) => {
    const layouts = book();
    const { id } = await layouts.create({ name: 'Night', content: before });
    const { content } = await layouts.update({ id, content: sent }, watches(GATE));
    const ofYard = (tiles: typeof content.tiles) => tiles.find(({ device_id }) => device_id === YARD);
    expect(ofYard(content.tiles)).toEqual(ofYard(before.tiles));
    expect(content.tiles.filter(({ device_id }) => device_id === GATE)).toHaveLength(1);
    expect((await layouts.list()).layouts[0]?.content).toEqual(content);
  });

  test.each([
    ['filled', fixed, { ...fixed, tiles: [tile(GATE), tile(null), tile(null), tile(null)] }],
    ['of another kind', fixed, { kind: '1' as const, tiles: [tile(null)] }],
    ['moved', free, { ...free, tiles: [placed(24, 8, 24, 24)] }],
    ['taken away', free, { ...free, tiles: [] }],
  ])('is told to save a new layout where a hidden tile is %s', async (_what, before, sent) => {
    const layouts = book();
    const { id } = await layouts.create({ name: 'Night', content: before });
    const saving = layouts.update({ id, content: sent }, watches(GATE));
    await expect(saving).rejects.toMatchObject(refused);
    await expect(saving).rejects.toThrow('save it as a new layout');
    expect((await layouts.list()).layouts[0]?.content).toEqual(before);
    await layouts.update({ id, content: sent });
  });

  test('gives it another name, but does not delete it', async () => {
    const layouts = book();
    const { id } = await layouts.create({ name: 'Night', content: fixed });
    expect(await layouts.update({ id, name: 'Late' }, watches(GATE))).toMatchObject({ content: fixed });
    await expect(layouts.delete(id, watches(GATE))).rejects.toMatchObject(refused);
    await layouts.delete(id, watches(GATE, YARD));
    expect((await layouts.list()).layouts).toEqual([]);
  });
});

test('no more than 200 are kept', async () => {
  const layouts = book();
  const add = (n: number) =>
    layouts.create({ name: `Layout ${String(n)}`, content: { kind: 'free', tiles: [] } });
  for (let n = 0; n < 200; n++) await add(n);
  await expect(add(200)).rejects.toThrow(/200 layouts already/);
});
