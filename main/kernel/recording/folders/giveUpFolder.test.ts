import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_FOLDER_ID } from '../../../store/defaultFolder';
import type { SegmentRow } from '../../../store/types';
import { makeNumberedVideo } from '../../media/testing/numbered';
import { record } from '../testing/camera';
import type { Workstation } from '../testing/workstation';
import { CAMERA, filesIn, until, workstation } from '../testing/workstation';

const ALWAYS = [0, Number.MAX_SAFE_INTEGER] as const;
let source: string;
let video: string;

beforeAll(async () => {
  source = await mkdtemp(path.join(tmpdir(), 'vas-give-up-source-'));
  video = path.join(source, 'video.mp4');
  await makeNumberedVideo(video, { seconds: 30, gop: 25 });
});

afterAll(() => rm(source, { recursive: true }));

const rowsOf = ({ store }: Workstation) => store.read.findSegments(CAMERA, ...ALWAYS);

async function recordSome(at: Workstation): Promise<void> {
  const before = (await rowsOf(at)).length;
  const camera = await record(at.recording, { cameraId: CAMERA, video });
  await until('a segment', async () => (await rowsOf(at)).length > before);
  await camera.stop();
}

/** Footage in the default folder, then in another one, then in the default folder again. */
async function threeStretches() {
  const at = await workstation();
  const parent = await mkdtemp(path.join(tmpdir(), 'vas-give-up-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const [target, away] = [path.join(parent, 'disk'), path.join(parent, 'away')];
  const { folders } = at.recording;
  await recordSome(at);
  await folders.use({ path: target });
  await recordSome(at);
  await folders.use({ id: DEFAULT_FOLDER_ID });
  await recordSome(at);
  const id = (await folders.list()).find((folder) => folder.path === target)?.id ?? '';
  return { at, folders, target, away, id };
}

it('a folder whose disk will not come back goes with its recordings; they leave a gap, and no file is touched', async () => {
  const { at, folders, target, away, id } = await threeStretches();
  const before = await rowsOf(at);
  const mine = before.filter(({ folderId }) => folderId === id);
  const others = before.filter(({ folderId }) => folderId !== id);
  expect(mine.length).toBeGreaterThan(0);
  const [first] = mine;
  if (!first) throw new Error('nothing was recorded');
  // One waits for its file to go, and the rest is locked.
  await at.store.write.addFootageLock({
    ...{ id: randomUUID(), source: 'range', sourceId: null, cameraIds: [CAMERA], reason: 'theft' },
    ...{ startUs: first.endUs, endUs: mine.at(-1)?.endUs ?? 0, untilUs: null, createdUs: 1 },
    createdBy: (await at.store.read.localUser()).id,
  });
  await at.store.write.burySegments([first.id], 'retention', 1);
  await rename(target, away);
  const files = await filesIn(away);
  const removed: SegmentRow[] = [];
  at.recording.onRemoved((rows) => removed.push(...rows));

  const left = mine.filter((row) => row.id !== first.id);
  expect(await folders.giveUp(id)).toEqual({
    path: target,
    segments: left.length,
    bytes: left.reduce((sum, { bytes }) => sum + bytes, 0),
  });
  expect(await rowsOf(at)).toEqual(others);
  expect(removed.map((row) => row.id)).toEqual(left.map((row) => row.id));
  expect((await folders.list()).map((folder) => folder.id)).toEqual([DEFAULT_FOLDER_ID]);
  expect(await at.store.read.listTombstones({ limit: 10 })).toEqual([]);
  expect(await filesIn(away)).toEqual(files);
  const gaps = await at.store.read.findGaps([CAMERA], ...ALWAYS);
  const lost = gaps.filter(({ reason }) => reason === 'lost');
  for (const row of left)
    expect(
      lost.some(({ startUs, endUs }) => startUs <= row.startUs && (endUs ?? 0) >= row.endUs),
      'its time is a gap',
    ).toBe(true);
  // What is left goes on as ever, also after the next start.
  await at.recording.sweep();
  expect(await at.recording.locate(CAMERA, ...ALWAYS)).toHaveLength(others.length);
  const again = at.reopen();
  await again.heal();
  expect(await again.checkArchive()).toMatchObject({ missingFiles: 0, registered: 0, quarantined: 0 });
});

it('many go in steps, shared by who asks twice; a disk that comes back meanwhile keeps the rest', async () => {
  const { at, folders, target, away, id } = await threeStretches();
  const first = (await rowsOf(at)).find(({ folderId }) => folderId === id);
  if (!first) throw new Error('nothing was recorded');
  const minute = 60_000_000;
  // Older than all that was recorded, each following the one before.
  const fromUs = first.startUs - 1000 * minute;
  for (let index = 0; index < 450; index++) {
    const own = randomUUID();
    await at.store.write.insertSegment({
      ...first,
      ...{ id: own, path: `${CAMERA}/${own}.mp4`, sha256: null },
      ...{ startUs: fromUs + index * minute, endUs: fromUs + (index + 1) * minute },
    });
  }
  const mine = (await rowsOf(at)).filter(({ folderId }) => folderId === id).length;
  await rename(target, away);
  let [steps, isBack] = [0, false];
  const listening = at.recording.onRemoved(() => {
    if (++steps === 1) {
      renameSync(away, target);
      isBack = true;
    }
  });
  await expect(folders.giveUp(id)).rejects.toThrow('200 recordings are given up already');
  expect([isBack, steps]).toEqual([true, 1]);
  void listening.dispose();
  const left = async () => (await rowsOf(at)).filter(({ folderId }) => folderId === id).length;
  expect(await left()).toBe(mine - 200);
  const gaps = await at.store.read.findGaps([CAMERA], ...ALWAYS);
  expect(gaps.filter(({ reason }) => reason === 'lost')).toEqual([
    { cameraId: CAMERA, startUs: fromUs, endUs: fromUs + 200 * minute, reason: 'lost' },
  ]);

  await rename(target, away);
  const both = await Promise.all([folders.giveUp(id), folders.giveUp(id)]);
  expect(both.map(({ segments }) => segments)).toEqual([mine - 200, mine - 200]);
  expect(await left()).toBe(0);
});

it('ends with the application, which does not wait for the rest', async () => {
  const { at, folders, target, away, id } = await threeStretches();
  await rename(target, away);
  const refused = expect(folders.giveUp(id)).rejects.toThrow('is being closed');
  await at.recording.dispose();
  await refused;
  expect(folders.isGivingUp).toBe(false);
});

it('a check of the archive and giving up a folder do not run at once', async () => {
  const { at, folders, target, away, id } = await threeStretches();
  await rename(target, away);
  at.recording.checks.start({ hashes: true, repair: false });
  await expect(folders.giveUp(id)).rejects.toThrow('The archive is being checked');
  await at.recording.checks.cancel();
  const done = folders.giveUp(id);
  expect(() => at.recording.checks.start({ hashes: false, repair: false })).toThrow('is being given up');
  await done;
  at.recording.checks.start({ hashes: true, repair: false });
  await until('the check is done', () => at.recording.checks.state.phase === 'done');
  expect(at.recording.checks.state).toMatchObject({ open: 0 });
});

it('nothing is given up of a folder that is there, or into which new recordings go', async () => {
  const { at, folders, target, away, id } = await threeStretches();
  const before = await rowsOf(at);
  await expect(folders.giveUp(id)).rejects.toMatchObject({ kind: 'conflict' });
  await expect(folders.giveUp(id)).rejects.toThrow('is connected');
  await expect(folders.giveUp(DEFAULT_FOLDER_ID)).rejects.toThrow('Record into another folder first');
  await expect(folders.giveUp(randomUUID())).rejects.toMatchObject({ kind: 'not_found' });
  await folders.use({ id });
  await rename(target, away);
  await expect(folders.giveUp(id)).rejects.toThrow('Record into another folder first');
  await expect(folders.giveUp(DEFAULT_FOLDER_ID)).rejects.toMatchObject({ kind: 'conflict' });
  expect(await rowsOf(at)).toEqual(before);
  await rename(away, target);
});
