import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { CaptureItem } from '../../contract';
import { channels } from '../../contract';
import { VasError } from '../base/errors';
import { openStore } from '../store/store';
import { device, NOW_US, optionsFor, snapshot, temporaryFolder, uuid } from '../store/testing/fixtures';
import { fileNameOf, safePart } from './fileNames';
import { Gallery } from './gallery';
import { saveCaptures } from './saveCaptures';

async function galleryOf(count: number) {
  const store = await openStore(optionsFor(path.join(await temporaryFolder(), 'data')));
  onTestFinished(() => store.dispose());
  await store.write.createDevice(device(1));
  const user = (await store.read.localUser()).id;
  for (let n = 0; n < count; n++)
    await store.write.insertSnapshot({ ...snapshot(100 + n, uuid(1), user), timestampUs: NOW_US + n });
  const removed: string[] = [];
  const gallery = new Gallery({
    store,
    clock: { wallUs: () => NOW_US + 1_000_000 },
    snapshots: {
      async delete(id) {
        if (id === uuid(101)) throw new VasError('unavailable', 'The disk is read-only.');
        if (removed.includes(id)) throw new VasError('not_found', 'gone');
        removed.push(id);
        await store.write.deleteSnapshot(id);
      },
    },
    bookmarks: { delete: () => Promise.reject(new VasError('not_found', 'gone')) },
  });
  return { gallery, removed };
}

const item = (n: number, kind: CaptureItem['kind'] = 'snapshot') => ({ kind, id: uuid(n) });

test('pages follow each other, the total comes with the first', async () => {
  const { gallery } = await galleryOf(5);
  const first = await gallery.list({ filter: {}, limit: 2 });
  expect([first.captures.map(({ id }) => id), first.total]).toEqual([[uuid(104), uuid(103)], 5]);
  const next = await gallery.list({ filter: {}, limit: 3, cursor: first.next_cursor ?? '' });
  expect([next.captures.map(({ id }) => id), next.next_cursor, next.total]).toEqual([
    [uuid(102), uuid(101), uuid(100)],
    null,
    null,
  ]);
  await expect(gallery.list({ filter: {}, limit: 2, cursor: '1 OR 1' })).rejects.toMatchObject({
    kind: 'bad_request',
  });
});

test('what cannot be deleted is told and the rest goes; what is gone already counts as deleted', async () => {
  const { gallery, removed } = await galleryOf(3);
  const items = [item(100), item(101), item(100), item(7, 'bookmark')];
  const { deleted, failed } = await gallery.delete(items);
  expect(deleted).toEqual([item(100), item(100), item(7, 'bookmark')]);
  expect(failed).toEqual([{ ...item(101), message: 'The disk is read-only.' }]);
  expect(removed).toEqual([uuid(100)]);
});

test('labels, notes and tags are kept; empty ones are none, a tag is there once', async () => {
  const { gallery } = await galleryOf(1);
  const request = channels['captures.update'].request;
  const changed = await gallery.update(
    request.parse({ ...item(100), label: '  Theft ', notes: 'One\nTwo', tags: ['Red', 'car', 'red'] }),
  );
  expect(changed).toMatchObject({ label: 'Theft', notes: 'One\nTwo', tags: ['car', 'Red'] });
  expect(await gallery.update(request.parse({ ...item(100), label: ' ' }))).toMatchObject({
    ...{ label: null, notes: 'One\nTwo', tags: ['car', 'Red'] },
  });
  for (const bad of [
    { label: 'x'.repeat(256) },
    { label: 'two\nlines' },
    { notes: 'x'.repeat(4001) },
    { notes: 'bell\u0007' },
    { tags: ['x'.repeat(65)] },
    { tags: [''] },
    { tags: Array.from({ length: 21 }, (_none, n) => String(n)) },
  ])
    expect(request.safeParse({ ...item(100), ...bad }).success, JSON.stringify(bad).slice(0, 40)).toBe(false);
  await expect(gallery.update({ ...item(555), label: 'x' })).rejects.toMatchObject({ kind: 'not_found' });
});

describe('saving copies', () => {
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'vas-gallery-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function saver(chosen: string | null) {
    const { gallery } = await galleryOf(3);
    const source = path.join(folder, 'source.jpg');
    await writeFile(source, 'picture');
    const suggested: string[] = [];
    const save = (items: readonly CaptureItem[]) =>
      saveCaptures(
        {
          dialogs: {
            saveFile: ({ suggestedName }) => (suggested.push(suggestedName), Promise.resolve(chosen)),
            chooseFolder: () => Promise.resolve(chosen),
          },
          row: (one) => gallery.row(one),
          fileOf: ({ id }) => Promise.resolve(id === uuid(102) ? null : source),
        },
        items,
      );
    return { save, suggested, source };
  }

  test('one goes to the file that was chosen, under a name that says what it is', async () => {
    const target = path.join(folder, 'chosen.jpg');
    await writeFile(target, 'before');
    const { save, suggested } = await saver(target);
    expect(await save([item(100)])).toEqual({ saved: { path: target, files: 1, failed: [] } });
    expect(suggested[0]).toMatch(/^Camera 1 \d{4}-\d\d-\d\d \d\d-\d\d-\d\dZ\.jpg$/);
    expect(await readFile(target, 'utf8')).toBe('picture');
    expect((await readdir(folder)).sort()).toEqual(['chosen.jpg', 'source.jpg']);
  });

  test('several go into a folder; nothing there is replaced, what is gone is told', async () => {
    const out = await mkdtemp(path.join(folder, 'out-'));
    const { save } = await saver(out);
    const { saved } = await save([item(100), item(101), item(102)]);
    // The moments are microseconds apart: their names are the same.
    const names = (await readdir(out)).sort();
    expect(saved).toMatchObject({
      path: out,
      files: 2,
      failed: [{ ...item(102), message: 'Its file is gone.' }],
    });
    expect(names).toHaveLength(2);
    expect(names[0]).toMatch(/ \(2\)\.jpg$/);
    for (const name of names) expect(await readFile(path.join(out, name), 'utf8')).toBe('picture');
  });

  test('cancelled, the capture itself, and a place that cannot be written', async () => {
    expect(await (await saver(null)).save([item(100)])).toEqual({ saved: null });
    expect(await (await saver(null)).save([item(100), item(101)])).toEqual({ saved: null });
    const own = await saver(path.join(folder, 'source.jpg'));
    await expect(own.save([item(100)])).rejects.toMatchObject({ kind: 'conflict' });
    const missing = await saver(path.join(folder, 'missing', 'x.jpg'));
    await expect(missing.save([item(100)])).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

test('a file name is safe wherever it goes', () => {
  expect(safePart('../../etc/passwd')).toBe('etc passwd');
  expect(safePart('a<b>:"c"|?*\n d.')).toBe('a b c d');
  expect(safePart('CON')).toBe('CON_');
  expect(safePart('...')).toBe('');
  expect(fileNameOf({ deviceName: '..', atUs: 0, label: 'x/y', kind: 'bookmark' })).toEqual({
    ...{ name: 'camera 1970-01-01 00-00-00Z x y', extension: 'mp4' },
  });
});
