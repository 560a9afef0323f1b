import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, rmdir, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_FOLDER_ID } from '../../../store/defaultFolder';
import { makeNumberedVideo, shownNumbers } from '../../media/testing/numbered';
import { record } from '../testing/camera';
import type { Workstation } from '../testing/workstation';
import { CAMERA, filesIn, TEST_SETTINGS, until, workstation } from '../testing/workstation';
import { OWN_FOLDER } from './candidate';

const execute = promisify(execFile);
const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stderr.write('skipped: tests of a missing disk mount a tmpfs, which only root may do\n');

let source: string;
let video: string;

beforeAll(async () => {
  source = await mkdtemp(path.join(tmpdir(), 'vas-folders-source-'));
  video = path.join(source, 'video.mp4');
  await makeNumberedVideo(video, { seconds: 30, gop: 25 });
});

afterAll(() => rm(source, { recursive: true }));

async function temporary(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-folders-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A disk that can be taken away and brought back. */
async function disk(): Promise<{ folder: string; unplug(): Promise<void>; plug(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-mount-'));
  const image = path.join(await temporary(), 'content');
  await mkdir(image);
  // A bind mount keeps its content while it is away.
  const plug = async () => void (await execute('mount', ['--bind', image, folder]));
  const unplug = async () => void (await execute('umount', ['-l', folder]));
  await plug();
  onTestFinished(async () => {
    await unplug().catch(() => undefined);
    await rmdir(folder);
  });
  return { folder, plug, unplug };
}

const rowsOf = ({ store }: Workstation) => store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
const idOf = async ({ recording }: Workstation, folder: string) =>
  (await recording.folders.list()).find(({ path: at }) => at === folder)?.id ?? '';

async function recordSome(at: Workstation): Promise<void> {
  const before = (await rowsOf(at)).length;
  const camera = await record(at.recording, { cameraId: CAMERA, video });
  await until('a segment', async () => (await rowsOf(at)).length > before);
  await camera.stop();
}

describe('another folder', () => {
  it('takes what is recorded from then on; what was recorded before stays readable where it is', async () => {
    const at = await workstation();
    await recordSome(at);
    const target = await temporary();
    const asked: string[] = [];
    at.recording.folders.onMisplaced((ids) => asked.push(...ids));
    const running = await record(at.recording, { cameraId: CAMERA, video });
    await at.recording.folders.use({ path: target });
    expect(asked, 'its run is written elsewhere').toEqual([CAMERA]);
    await running.stop();
    await recordSome(at);
    const rows = await rowsOf(at);
    const id = await idOf(at, target);
    expect(rows.at(-1)?.folderId).toBe(id);
    expect(rows[0]?.folderId).toBe(DEFAULT_FOLDER_ID);
    expect(existsSync(path.join(target, rows.at(-1)?.path ?? ''))).toBe(true);
    const pieces = await at.recording.locate(CAMERA, 0, Number.MAX_SAFE_INTEGER);
    expect(pieces).toHaveLength(rows.length);
    for (const piece of pieces) expect((await shownNumbers(piece.file)).length).toBeGreaterThan(0);
    const [main, other] = await at.recording.folders.list();
    expect(main).toMatchObject({ isDefault: true, isCurrent: false, isWritten: false, state: 'ready' });
    expect(other).toMatchObject({ id, path: target, isCurrent: true, isWritten: true, state: 'ready' });
    expect((main?.bytes ?? 0) + (other?.bytes ?? 0)).toBe(rows.reduce((sum, { bytes }) => sum + bytes, 0));
    const again = at.reopen();
    expect(await again.heal()).toEqual({ registered: 0, discarded: 0, quarantined: 0 });
    expect(await again.checkArchive()).toMatchObject({ missingFiles: 0, registered: 0, quarantined: 0 });
    expect((await again.folders.list()).find(({ isCurrent }) => isCurrent)?.path).toBe(target);
  });

  it('is given back to the one before, and forgotten only when it is empty', async () => {
    const at = await workstation();
    const target = await temporary();
    await at.recording.folders.use({ path: target });
    await recordSome(at);
    const id = await idOf(at, target);
    await expect(at.recording.folders.forget(id)).rejects.toMatchObject({ kind: 'conflict' });
    await at.recording.folders.use({ id: DEFAULT_FOLDER_ID });
    await expect(at.recording.folders.forget(id)).rejects.toThrow('There are recordings in this folder');
    await at.store.write.deleteSegments((await rowsOf(at)).map((row) => row.id));
    await at.recording.folders.forget(id);
    expect(await at.recording.folders.list()).toHaveLength(1);
    // Its identity file is of nobody now: it is not taken for ours by accident.
    await expect(at.recording.folders.use({ path: target })).rejects.toThrow('another workstation');
  });

  it('heals in each folder what a crash left behind', async () => {
    const at = await workstation();
    const target = await temporary();
    await at.recording.folders.use({ path: target });
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    const incoming = path.join(target, 'incoming', CAMERA);
    await until('pictures in the file being written', async () => {
      const files = (await filesIn(incoming)).filter((file) => file.endsWith('.mp4'));
      const sizes = await Promise.all(
        files.map((file) =>
          stat(path.join(incoming, file)).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      );
      return sizes.some((size) => size > 3_000);
    });
    await camera.crash();
    await at.recording.dispose();
    const again = at.reopen();
    await again.heal();
    // Registered by the heal, or before it when the crash was noticed in time.
    const rows = await rowsOf(at);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(existsSync(path.join(target, row.path)), row.path).toBe(true);
    expect((await filesIn(path.join(target, 'incoming'))).filter((file) => file.endsWith('.mp4'))).toEqual(
      [],
    );
  });
});

describe('a folder that was chosen', () => {
  it('gets a folder of our own inside when it holds other things', async () => {
    const at = await workstation();
    const target = await temporary();
    await writeFile(path.join(target, 'holiday.jpg'), 'x');
    const found = await at.recording.folders.examine(target);
    expect(found).toMatchObject({ path: path.join(target, OWN_FOLDER), known: null });
    expect(await readdir(target), 'looking leaves nothing behind').toEqual(['holiday.jpg']);
    await at.recording.folders.use({ path: target });
    await recordSome(at);
    expect((await filesIn(path.join(target, OWN_FOLDER))).some((file) => file.startsWith(CAMERA))).toBe(true);
    // Chosen again, it is the same one.
    expect((await at.recording.folders.examine(target)).known).not.toBeNull();
  });

  it('is refused in words where it cannot be used', async () => {
    const at = await workstation();
    const { examine } = at.recording.folders;
    const target = await temporary();
    await writeFile(path.join(target, 'file'), 'x');
    await symlink(at.folder, path.join(target, 'link'));
    const refusals: [string, RegExp][] = [
      ['relative/path', /full path/],
      [`${target}/a\nb`, /control characters/],
      [path.join(target, 'file'), /cannot be used/],
      [path.join(at.folder, 'data'), /lies inside|contains/],
      [at.folder, /lies inside|contains/],
      [path.join(target, 'link'), /lies inside|contains/],
      ['/proc', /cannot be used|may not be written/],
    ];
    for (const [chosen, says] of refusals)
      await expect(examine(chosen), chosen).rejects.toMatchObject({
        kind: 'invalid',
        message: expect.stringMatching(says) as string,
      });
  });

  it('is refused when it may not be written', async () => {
    const at = await workstation();
    const target = await temporary();
    // Permissions do not stop root; a disk that is mounted for reading does.
    if (isRoot) {
      await execute('mount', ['--bind', target, target]);
      onTestFinished(async () => void (await execute('umount', ['-l', target])));
      await execute('mount', ['-o', 'remount,bind,ro', target]);
    } else await chmod(target, 0o500);
    await expect(at.recording.folders.examine(target)).rejects.toThrow('may not be written');
  });

  it('is refused when it belongs to another workstation', async () => {
    const [mine, other] = [await workstation(), await workstation()];
    const target = await temporary();
    await other.recording.folders.use({ path: target });
    await expect(mine.recording.folders.use({ path: target })).rejects.toThrow('another workstation');
    expect((await mine.recording.folders.list()).map(({ isDefault }) => isDefault)).toEqual([true]);
  });
});

describe.runIf(isRoot)('a disk that is not there', () => {
  it('is never written in its place; recording says so and goes on when it is back', async () => {
    const at = await workstation();
    const drive = await disk();
    await at.recording.folders.use({ path: drive.folder });
    await recordSome(at);
    const kept = await rowsOf(at);
    await drive.unplug();
    const again = at.reopen();
    await again.heal();
    await again.checkArchive();
    await expect(record(again, { cameraId: CAMERA, video })).rejects.toMatchObject({
      kind: 'unavailable',
      details: { code: 'storage' },
      message: expect.stringContaining('is missing') as string,
    });
    again.setRetention({ maxDays: null, maxBytes: 1, floorBytes: 0 }, true);
    await again.sweep();
    expect(await readdir(drive.folder), 'nothing was written into the mount point').toEqual([]);
    expect(await rowsOf(at), 'nothing of it was given up').toEqual(kept);
    expect((await again.folders.list()).find(({ isCurrent }) => isCurrent)).toMatchObject({
      ...{ state: 'missing', space: null, isWritten: false },
    });
    again.setRetention(TEST_SETTINGS.retention, false);
    await drive.plug();
    const camera = await record(again, { cameraId: CAMERA, video });
    await until('recording again', async () => (await rowsOf(at)).length > kept.length);
    await camera.stop();
    expect((await rowsOf(at)).at(-1)?.folderId).toBe(kept[0]?.folderId);
  });

  it('is stood in for by another folder when the operator allows it, and taken again when it is back', async () => {
    const at = await workstation();
    const drive = await disk();
    await at.recording.folders.use({ path: drive.folder });
    await drive.unplug();
    at.recording.folders.setFallback(true);
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('recorded elsewhere', async () => (await rowsOf(at)).length > 0);
    expect((await rowsOf(at))[0]?.folderId).toBe(DEFAULT_FOLDER_ID);
    expect(await readdir(drive.folder)).toEqual([]);
    const asked: string[] = [];
    at.recording.folders.onMisplaced((ids) => asked.push(...ids));
    await at.recording.folders.checkPlacement();
    expect(asked, 'not as long as it is missing').toEqual([]);
    await drive.plug();
    await at.recording.folders.checkPlacement();
    expect(asked).toEqual([CAMERA]);
    await camera.stop();
    await recordSome(at);
    expect((await rowsOf(at)).at(-1)?.folderId).toBe(await idOf(at, drive.folder));
  });
});

describe('what tighter rules would delete', () => {
  it('is what a sweep with these rules deletes', async () => {
    const at = await workstation();
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('five segments', async () => (await rowsOf(at)).length >= 5, 30);
    await camera.stop();
    const rows = await rowsOf(at);
    const total = rows.reduce((sum, { bytes }) => sum + bytes, 0);
    const rules = { maxDays: null, maxBytes: total - 1, floorBytes: 0 };
    const preview = await at.recording.folders.previewRetention(rules);
    expect(preview).toMatchObject({
      segments: 1,
      bytes: rows[0]?.bytes,
      recordedBytes: total,
    });
    expect(preview.fromUs).toBe(rows[0]?.endUs);
    expect(await rowsOf(at), 'looking deletes nothing').toEqual(rows);
    at.recording.setRetention(rules, false);
    expect(await at.recording.sweep()).toMatchObject({ bytes: preview.bytes });
    const none = { maxDays: 1, maxBytes: total, floorBytes: 0 };
    expect(await at.recording.folders.previewRetention(none)).toMatchObject({ segments: 0, bytes: 0 });
    expect(
      await at.recording.folders.previewRetention({ ...none, floorBytes: Number.MAX_SAFE_INTEGER }),
    ).toMatchObject({ segments: rows.length - 1 });
  });
});
