import { execFile } from 'node:child_process';
import {
  appendFile,
  copyFile,
  mkdtemp,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Decrypter } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNumberedVideo, shownNumbers } from '../kernel/media/testing/numbered';
import { CAMERA } from '../kernel/recording/testing/workstation';
import { burnInFilter, plainName } from './burnIn';
import { gapsOf, runsOf, slicesOf } from './plan';
import { evidenceWorkstation, filesOf, verdict } from './testing/workstation';
import type { EvidenceManifest } from './verifier/manifest';
import { verdictText } from './verifier/verify';

const run = promisify(execFile);
let folder: string;
let video: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-evidence-source-'));
  video = path.join(folder, 'video.mp4');
  await makeNumberedVideo(video, { seconds: 12, gop: 25, size: '640x360' });
});

afterAll(() => rm(folder, { recursive: true }));

describe('an evidence package', () => {
  it('holds the footage, is signed, and says of each change what it is and where', async () => {
    const here = await evidenceWorkstation(video);
    const { store, range, evidence } = here;
    const estimate = await evidence.estimate({
      ...{ camera_ids: [CAMERA], ...range, rendition: 'original', encrypted: false },
    });
    expect(estimate.seconds).toBeCloseTo(5, 0);
    expect(estimate.bytes).toBeGreaterThan(1000);
    const made = await here.make();
    expect(made).toMatchObject({ state: 'done', message: null, files: 1 });
    const at = made.path;
    const whole = await verdict(at);
    expect(whole).toMatchObject({
      ok: true,
      manifest: 'signed',
      fingerprint: (await evidence.key()).fingerprint,
    });
    const [file = ''] = await filesOf(at);
    expect((await shownNumbers(path.join(at, file))).length).toBeGreaterThan(110);
    const manifest = JSON.parse(await readFile(path.join(at, 'manifest.json'), 'utf8')) as EvidenceManifest;
    expect(manifest).toMatchObject({
      reason: 'Theft at the gate',
      operator: { name: 'Alex', role: 'operator' },
      cameras: [{ id: CAMERA, name: 'Gate', gaps: [] }],
      audit_log: { entry: 1 },
    });
    const [entry] = await store.read.listAudit({ limit: 1 });
    expect(entry).toMatchObject({ action: 'evidence.export', outcome: 'done', userName: 'Alex' });

    const original = await readFile(path.join(at, file));
    const said = async () => (await verdict(at)).files.map((one) => `${one.path}: ${verdictText(one)}`);
    // One byte.
    const handle = await open(path.join(at, file), 'r+');
    await handle.write(Buffer.from([(original[700] ?? 0) ^ 1]), 0, 1, 700);
    await handle.close();
    expect(await verdict(at)).toMatchObject({ ok: false, files: [{ state: 'altered', from: 0 }] });
    expect((await said())[0]).toMatch(/altered: the first difference is between byte 0 and byte/);
    // Cut off, and longer.
    await writeFile(path.join(at, file), original);
    await truncate(path.join(at, file), original.length - 10);
    expect((await said())[0]).toContain(`it ends after ${(original.length - 10).toLocaleString('en-US')} of`);
    await writeFile(path.join(at, file), original);
    await appendFile(path.join(at, file), 'x');
    expect((await said())[0]).toContain('1 bytes were added');
    // Another file in its place, one that is gone, one that was never in it.
    await copyFile(video, path.join(at, file));
    expect((await said())[0]).toContain('altered');
    await rename(path.join(at, file), path.join(at, 'moved.mp4'));
    expect(await said()).toEqual([
      `${file}: missing: the manifest names it, the folder does not have it`,
      'moved.mp4: not part of the package: the manifest does not name it',
    ]);
    await rm(path.join(at, 'moved.mp4'));
    await writeFile(path.join(at, file), original);
    expect((await verdict(at)).ok).toBe(true);
    // The manifest.
    const text = await readFile(path.join(at, 'manifest.json'), 'utf8');
    await writeFile(path.join(at, 'manifest.json'), text.replace('Theft', 'Sleep'));
    expect(await verdict(at)).toMatchObject({ ok: false, manifest: 'edited' });
    await writeFile(path.join(at, 'manifest.json'), text);
    await rm(path.join(at, 'manifest.sig'));
    expect(await verdict(at)).toMatchObject({ ok: false, manifest: 'missing' });
  }, 400_000);

  it('can be encrypted as a whole, and opens with age and tar', async () => {
    const here = await evidenceWorkstation(video);
    const { target } = here;
    const made = await here.make({ passphrase: 'correct horse battery' });
    expect(made).toMatchObject({ state: 'done', encrypted: true });
    expect(made.path.endsWith('.tar.age')).toBe(true);
    const decrypter = new Decrypter();
    decrypter.addPassphrase('correct horse battery');
    const tar = path.join(target, 'package.tar');
    await writeFile(tar, await decrypter.decrypt(await readFile(made.path)));
    await run('tar', ['xf', tar, '-C', target]);
    const [at = ''] = (await readdir(target)).filter((name) => /^evidence-[^.]*$/.test(name));
    expect(await verdict(path.join(target, at))).toMatchObject({ ok: true });
    const wrong = new Decrypter();
    wrong.addPassphrase('wrong horse battery');
    await expect(wrong.decrypt(await readFile(made.path))).rejects.toThrow();
  }, 400_000);

  it('can be a rendition with the time in the picture, whatever the camera is called', async () => {
    const here = await evidenceWorkstation(video);
    const { store } = here;
    await store.write.updateDevice(CAMERA, { name: "Gate ':%{pts}\\,drawbox=0", nowUs: 2 });
    const made = await here.make({ rendition: 'burnt-in' });
    expect(made).toMatchObject({ state: 'done', message: null });
    const at = made.path;
    expect(await verdict(at)).toMatchObject({ ok: true });
    const file = path.join(at, (await filesOf(at))[0] ?? '');
    // Bars of the pictures are black or white; the box with the text is in the upper left corner.
    const { stdout } = await run('ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'stream=codec_name',
      '-of',
      'csv',
      file,
    ]);
    expect(stdout).toContain('h264');
  }, 400_000);

  it('is refused where nothing was recorded, and goes on after it was cancelled', async () => {
    const here = await evidenceWorkstation(video);
    const { evidence, range, store } = here;
    await expect(
      here.make({ start: '2020-01-01T00:00:00.000Z', end: '2020-01-01T01:00:00.000Z' }),
    ).rejects.toMatchObject({ kind: 'not_found' });
    await expect(here.make({ start: range.end, end: range.start })).rejects.toMatchObject({
      kind: 'invalid',
    });
    const { chosen } = await evidence.chooseFolder('window');
    const order = { camera_ids: [CAMERA], ...range, token: chosen?.token ?? '', reason: 'x' };
    const { id } = await evidence.start({ ...order, rendition: 'burnt-in' }, 'window');
    await expect(evidence.start({ ...order, rendition: 'original' }, 'window')).rejects.toMatchObject({
      kind: 'conflict',
    });
    evidence.cancel(id);
    expect(await here.over(id)).toMatchObject({ state: 'cancelled' });
    evidence.resume(id);
    const made = await here.over(id);
    expect(made).toMatchObject({ state: 'done' });
    expect(await verdict(made.path)).toMatchObject({ ok: true });
    expect((await stat(path.join(made.path, 'manifest.json'))).mode & 0o777).toBe(0o600);
    const entries = await store.read.listAudit({ limit: 5, ascending: true });
    expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      ...['evidence.begin done', 'evidence.export failed', 'evidence.export done'],
    ]);
  }, 400_000);

  it('is verified by the command', async () => {
    const here = await evidenceWorkstation(video);
    const made = await here.make();
    const at = made.path;
    const command = (...args: string[]) => run(process.execPath, ['scripts/verify.mjs', ...args]);
    expect((await command(at)).stdout).toContain('The package is unaltered.');
    await rm(path.join(at, (await filesOf(at))[0] ?? ''));
    await expect(command(at)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('missing') as unknown,
    });
    await expect(command('/nowhere')).rejects.toMatchObject({ code: 2 });
  }, 400_000);
});

describe('what goes into a package', () => {
  const piece = (startUs: number, endUs: number, videoCodec = 'h264') => ({ startUs, endUs, videoCodec });

  it('is cut where something is missing and where the codec changes', () => {
    const range = { fromUs: 10e6, toUs: 100e6 };
    const runs = runsOf(
      [piece(0, 20e6), piece(20e6, 30e6), piece(50e6, 60e6), piece(60e6, 70e6, 'hevc')],
      range,
    );
    expect(runs).toEqual([
      { fromUs: 10e6, toUs: 30e6 },
      { fromUs: 50e6, toUs: 60e6 },
      { fromUs: 60e6, toUs: 70e6 },
    ]);
    expect(gapsOf(runs, range)).toEqual([
      { fromUs: 30e6, toUs: 50e6 },
      { fromUs: 70e6, toUs: 100e6 },
    ]);
    expect(gapsOf([], range)).toEqual([range]);
    expect(slicesOf({ fromUs: 0, toUs: 700e6 }).map(({ toUs }) => toUs)).toEqual([300e6, 600e6, 700e6]);
  });

  it('no name becomes an option of FFmpeg', () => {
    expect(plainName("Tor: 'Süd' %{pts}\\,x=1;[a]/../b")).toBe('Tor Sud ptsx1a..b');
    expect(burnInFilter("a':fontsize=1", 1_700_000_000_123_000)).toContain("text='afontsize1  %{pts");
  });
});
