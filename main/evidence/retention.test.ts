import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../base/clock';
import { captures, iso } from '../kernel/media/testing/captures';
import { makeNumberedVideo } from '../kernel/media/testing/numbered';
import { FootageLocks } from '../kernel/recording/locks/footageLocks';
import { CAMERA, filesIn, until } from '../kernel/recording/testing/workstation';
import { evidenceWorkstation, verdict } from './testing/workstation';

let folder: string;
let video: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-evidence-retention-'));
  video = path.join(folder, 'video.mp4');
  await makeNumberedVideo(video, { seconds: 12, gop: 25, size: '640x360' });
});

afterAll(() => rm(folder, { recursive: true }));

it('AR-9: a lock that is released while a package is made, and retention, take nothing that is still to be copied', async () => {
  const at = await evidenceWorkstation(video);
  const locks = new FootageLocks(at.store, systemClock);
  const [startUs, endUs] = [Date.parse(at.both.start) * 1000, Date.parse(at.both.end) * 1000];
  const lock = await locks.create(
    { source: 'range', sourceId: null, cameraIds: [CAMERA], startUs, endUs },
    'theft',
    null,
  );
  const archived = async () => (await at.store.read.findSegments(CAMERA, startUs, endUs)).length;
  const before = await archived();
  expect(before).toBeGreaterThan(1);
  at.recording.setRetention({ maxDays: null, maxBytes: 1, floorBytes: 0 }, true);
  await at.recording.sweepConfirmed();
  expect(await archived(), 'locked').toBe(before);

  const id = await at.start({ ...at.both, rendition: 'burnt-in' });
  await until('the first file', () => (at.state(id)?.files ?? 0) === 1, 120);
  await locks.release(lock.id);
  await at.recording.sweepConfirmed();
  expect(at.state(id)?.state, 'it is still made').toBe('running');
  expect(await archived(), 'held by the package').toBe(before);

  const made = await at.over(id);
  expect(made).toMatchObject({ state: 'done', files: 2 });
  const { ok, content } = await verdict(made.path);
  expect(ok).toBe(true);
  expect(content?.cameras[0]?.gaps, 'only the gap between the two stretches').toHaveLength(1);
  await at.recording.sweepConfirmed();
  expect(await archived(), 'then it goes').toBe(0);
}, 400_000);

it('AR-9: a bookmark that is locked stays whole, and goes when the lock is released; copies of locked footage are free', async () => {
  const at = await evidenceWorkstation(video);
  const { bookmarks, snapshots, bookmarksFolder, snapshotsFolder } = captures(at);
  const centerUs = at.camera.startUs + 4e6;
  const ask = { device_id: CAMERA, center_timestamp: iso(centerUs), duration: 2 };
  const [clip, other] = [await bookmarks.captureHistorical(ask), await bookmarks.captureHistorical(ask)];
  const picture = await snapshots.captureHistorical({ device_id: CAMERA, timestamp: iso(centerUs) });
  const locks = new FootageLocks(at.store, systemClock);
  const span = { cameraIds: [CAMERA], startUs: centerUs - 1e6, endUs: centerUs + 1e6 };
  const lock = await locks.create({ ...span, source: 'bookmark', sourceId: clip.id }, randomUUID(), null);
  await locks.create({ ...span, source: 'range', sourceId: null }, 'theft', null);

  const files = await filesIn(bookmarksFolder);
  await expect(bookmarks.delete(clip.id)).rejects.toMatchObject({
    kind: 'conflict',
    message: 'This bookmark is locked as evidence. Release its lock first.',
  });
  expect(await filesIn(bookmarksFolder), 'nothing was touched').toEqual(files);
  expect(await bookmarks.get(clip.id)).toMatchObject({ id: clip.id });
  // A lock on a range keeps the footage; what was copied out of it before belongs to whoever took it.
  await bookmarks.delete(other.id);
  await snapshots.delete(picture.id);
  expect(await filesIn(snapshotsFolder)).toEqual([]);
  expect(await filesIn(bookmarksFolder)).toEqual([`${clip.id}.jpg`, `${clip.id}.mp4`].sort());
  await locks.release(lock.id);
  await bookmarks.delete(clip.id);
  expect(await filesIn(bookmarksFolder)).toEqual([]);
}, 400_000);
