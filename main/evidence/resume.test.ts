import { access, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNumberedVideo } from '../kernel/media/testing/numbered';
import { CAMERA, until } from '../kernel/recording/testing/workstation';
import { evidenceWorkstation, filesOf, verdict } from './testing/workstation';
import type { EvidenceManifest } from './verifier/manifest';
import { manifestText } from './verifier/verify';

let folder: string;
let video: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-evidence-resume-'));
  video = path.join(folder, 'video.mp4');
  await makeNumberedVideo(video, { seconds: 12, gop: 25, size: '640x360' });
});

afterAll(() => rm(folder, { recursive: true }));

const has = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** A package of two files, of which one is complete when the application ends. */
async function interrupted(more: object = {}) {
  const at = await evidenceWorkstation(video);
  const id = await at.start({ ...at.both, rendition: 'burnt-in', ...more });
  await until('the first file', () => (at.state(id)?.files ?? 0) === 1, 120);
  await at.restart();
  const found = at.state(id);
  return { at, id, found, where: found?.path ?? '' };
}

describe('a package that the end of the application interrupted', () => {
  it('is found at the next start, is no evidence, and goes on at the first file that is missing', async () => {
    const { at, id, found, where } = await interrupted();
    expect(found).toMatchObject({
      state: 'interrupted',
      files: 1,
      files_total: 2,
      reason: 'Theft at the gate',
    });
    const half = await verdict(where);
    expect(half).toMatchObject({ ok: false, manifest: 'unfinished' });
    expect(manifestText(half)).toContain('has not finished this package');
    const [first = ''] = await filesOf(where);
    const before = await stat(path.join(where, first));

    at.evidence.resume(id);
    expect(await at.over(id)).toMatchObject({ state: 'done', files: 2 });
    expect(await verdict(where)).toMatchObject({ ok: true, manifest: 'signed' });
    expect((await stat(path.join(where, first))).mtimeMs, 'what was there was kept').toBe(before.mtimeMs);
    expect(await has(path.join(where, 'INCOMPLETE.txt'))).toBe(false);
    const manifest = JSON.parse(
      await readFile(path.join(where, 'manifest.json'), 'utf8'),
    ) as EvidenceManifest;
    expect(manifest.files).toHaveLength(2);
    expect(manifest.cameras[0]?.gaps).toHaveLength(1);
    // Nothing is left to be found.
    await at.restart();
    expect(at.state(id)).toBeNull();
    expect(await readdir(path.join(at.folder, 'evidence'))).toEqual([]);
  }, 400_000);

  it('does not sign a file that was changed in the meantime: it is made again', async () => {
    const { at, id, where } = await interrupted();
    const [first = ''] = await filesOf(where);
    const file = path.join(where, first);
    const whole = await readFile(file);
    const changed = Buffer.from(whole);
    changed[2000] = (changed[2000] ?? 0) ^ 1;
    await writeFile(file, changed);
    at.evidence.resume(id);
    expect(await at.over(id)).toMatchObject({ state: 'done' });
    expect(await verdict(where)).toMatchObject({ ok: true });
    expect((await readFile(file)).equals(changed)).toBe(false);
  }, 400_000);

  it('leaves nothing behind of a file whose footage is gone when it goes on', async () => {
    const { at, id, where } = await interrupted();
    const rows = await at.store.read.findSegments(CAMERA, at.camera.startUs + 14e6, Number.MAX_SAFE_INTEGER);
    const [second] = rows;
    if (!second) throw new Error('no second stretch');
    await at.store.write.deleteSegments(rows.map((row) => row.id));
    const [first = ''] = await filesOf(where);
    const stamp = new Date(second.startUs / 1000).toISOString().replace(/[-:]|\.\d+/g, '');
    const begun = path.join(where, path.dirname(first), `${stamp}.mp4`);
    for (const end of ['', '.part', '.encoded']) await writeFile(`${begun}${end}`, 'half a file');
    at.evidence.resume(id);
    expect(await at.over(id)).toMatchObject({ state: 'done', files: 2 });
    expect(await filesOf(where)).toEqual([first]);
    expect(await verdict(where)).toMatchObject({ ok: true, manifest: 'signed' });
  }, 400_000);

  it('can be deleted, with everything that was written of it', async () => {
    const { at, id, where } = await interrupted();
    await at.evidence.discard(id);
    expect(at.state(id)).toBeNull();
    expect(await has(where)).toBe(false);
    await at.restart();
    expect(at.state(id)).toBeNull();
    await expect(at.evidence.discard(id)).rejects.toMatchObject({ kind: 'not_found' });
  }, 400_000);

  it('asks for the passphrase again, which is nowhere kept', async () => {
    const passphrase = 'correct horse battery';
    const { at, id, found, where } = await interrupted({ passphrase });
    expect(found).toMatchObject({ encrypted: true, needs_passphrase: true });
    const journal = path.join(at.folder, 'evidence', `${id}.jsonl`);
    expect(await readFile(journal, 'utf8')).not.toContain(passphrase);
    expect((await stat(journal)).mode & 0o777).toBe(0o600);
    expect(() => at.evidence.resume(id)).toThrow(/passphrase/);
    at.evidence.resume(id, passphrase);
    expect(await at.over(id)).toMatchObject({ state: 'done', path: `${where}.tar.age` });
    expect(await has(where)).toBe(false);
  }, 400_000);

  it('that could not be noted as complete any more is complete', async () => {
    const at = await evidenceWorkstation(video);
    const made = await at.make();
    const order = {
      ...{ id: made.id, range: { fromUs: 1, toUs: 2 }, cameras: [{ id: CAMERA, name: 'Gate', slices: [] }] },
      ...{ rendition: 'original', reason: 'x', operator: { id: 'x', name: 'x', role: 'operator' } },
      ...{ encrypted: false, folder: made.path, bytes: 1 },
    };
    await writeFile(path.join(at.folder, 'evidence', `${made.id}.jsonl`), `${JSON.stringify(order)}\n{"key`);
    await at.restart();
    expect(at.state(made.id)).toBeNull();
    expect(await verdict(made.path)).toMatchObject({ ok: true });
  }, 400_000);
});
