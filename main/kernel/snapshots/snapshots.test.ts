import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshot as shape } from '../../../contract/captures';
import { captures, iso } from '../media/testing/captures';
import { makeNumberedVideo, numberOfJpeg, shownNumbers } from '../media/testing/numbered';
import { probe, videoOf } from '../media/testing/probe';
import { resolveMedia } from '../media/resolveMedia';
import { record } from '../recording/testing/camera';
import { CAMERA, filesIn, OTHER_CAMERA, until, workstation } from '../recording/testing/workstation';

let folder: string;
const videos: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-snapshot-source-'));
  const make = async (name: string, video: Parameters<typeof makeNumberedVideo>[1]): Promise<void> => {
    videos[name] = path.join(folder, `${name}.mp4`);
    await makeNumberedVideo(videos[name], video);
  };
  await make('plain', { seconds: 20, gop: 50 });
  await make('b-frames', { seconds: 8, gop: 50, bFrames: 2 });
  await make('hevc', { seconds: 8, gop: 50, codec: 'hevc', bFrames: 2 });
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('a historical snapshot', () => {
  it.each(['plain', 'b-frames', 'hevc'])(
    'of %s shows the picture of that instant, exactly',
    async (name) => {
      const at = await workstation();
      const { snapshots, snapshotsFolder } = captures(at);
      const camera = await record(at.recording, {
        cameraId: CAMERA,
        video: videos[name] ?? '',
        paced: false,
      });
      await camera.ended();
      const rows = await at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
      expect(rows.length).toBeGreaterThan(2);
      for (const row of rows.slice(0, 2)) {
        const [first = 0] = await shownNumbers(path.join(at.recordings, row.path));
        // On a picture, between two pictures, just before one, at the segment's start.
        for (const [ms, picture] of [
          [0, 0],
          [20, 0],
          [39, 0],
          [40, 1],
          [1000, 25],
          [1479, 36],
          [1480, 37],
        ] as const) {
          const instantUs = row.startUs + ms * 1000;
          if (instantUs >= row.endUs) continue;
          const taken = await snapshots.captureHistorical({ device_id: CAMERA, timestamp: iso(instantUs) });
          const file = await snapshots.fileOf(taken.id);
          expect(await numberOfJpeg(await readFile(file ?? ''))).toBe(first + picture);
          expect(
            Math.abs(Date.parse(taken.timestamp) * 1000 - (row.startUs + picture * 40_000)),
          ).toBeLessThan(2000);
          // The picture's own time finds it again.
          const again = await snapshots.captureHistorical({ device_id: CAMERA, timestamp: taken.timestamp });
          expect(again.timestamp).toBe(taken.timestamp);
        }
      }
      expect((await filesIn(snapshotsFolder)).every((file) => /^[0-9a-f-]{36}\.jpg$/.test(file))).toBe(true);
    },
    60_000,
  );

  it('is whole: full resolution, private, as the contract has it, served by its id', async () => {
    const at = await workstation();
    const { snapshots, bookmarks, snapshotsFolder, replays } = captures(at);
    const camera = await record(at.recording, {
      cameraId: CAMERA,
      video: videos['plain'] ?? '',
      paced: false,
    });
    await camera.ended();
    const timestamp = iso(camera.startUs + 3_000_000);
    const taken = await snapshots.captureHistorical({ device_id: CAMERA, timestamp });
    expect(shape.parse(taken)).toEqual(taken);
    expect(taken).toMatchObject({ device_id: CAMERA, device_name: 'Gate', source: 'historical' });
    expect(taken.url).toBe(`vas-media://snapshots/${taken.id}`);
    const served = await resolveMedia({ snapshots, bookmarks, replays }, ['snapshots', taken.id]);
    expect(served).toEqual({ file: path.join(snapshotsFolder, `${taken.id}.jpg`), mime: 'image/jpeg' });
    const { size, mode } = await stat(served?.file ?? '');
    expect(size).toBe(taken.file_size);
    expect(mode & 0o777).toBe(0o600);
    const probed = videoOf(await probe(served?.file ?? ''));
    expect([probed.codec_name, probed.width, probed.height]).toEqual(['mjpeg', 320, 180]);
  });

  it('is refused where there is no footage, and leaves nothing behind', async () => {
    const at = await workstation();
    const { snapshots, snapshotsFolder, jobs } = captures(at);
    const camera = await record(at.recording, {
      cameraId: CAMERA,
      video: videos['plain'] ?? '',
      paced: false,
    });
    await camera.ended();
    const refused = async (device_id: string, us: number): Promise<void> => {
      await expect(snapshots.captureHistorical({ device_id, timestamp: iso(us) })).rejects.toMatchObject({
        kind: 'not_found',
      });
    };
    await refused(CAMERA, camera.startUs - 1_000_000);
    await refused(CAMERA, camera.startUs + 60_000_000);
    await refused(OTHER_CAMERA, camera.startUs + 1_000_000);
    await refused(randomUUID(), camera.startUs + 1_000_000);
    expect(await filesIn(snapshotsFolder)).toEqual([]);
    expect(jobs.stats()).toEqual({ running: 0, waiting: 0 });
    expect((await at.recording.stats()).held).toBe(0);
  });

  it('can be asked for many times at once', async () => {
    const at = await workstation();
    const { snapshots } = captures(at);
    const camera = await record(at.recording, {
      cameraId: CAMERA,
      video: videos['plain'] ?? '',
      paced: false,
    });
    await camera.ended();
    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, second) =>
        snapshots.captureHistorical({
          device_id: CAMERA,
          timestamp: iso(camera.startUs + second * 1e6 + 20_000),
        }),
      ),
    );
    const numbers = await Promise.all(
      taken.map(async ({ id }) => numberOfJpeg(await readFile((await snapshots.fileOf(id)) ?? ''))),
    );
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, second) => second * 25));
  });
});

describe('a live snapshot', () => {
  it.each([true, false])(
    'shows the moment of the call, recording %s, without a session of its own',
    async (on) => {
      const at = await workstation();
      at.recording.setRecording(CAMERA, on);
      const { snapshots } = captures(at);
      const camera = await record(at.recording, { cameraId: CAMERA, video: videos['plain'] ?? '' });
      await until('pictures', () => at.recording.waitUntilReadable(CAMERA, camera.startUs + 900_000, 100));
      for (let round = 0; round < 4; round++) {
        const calledUs = Date.now() * 1000;
        const taken = await snapshots.captureLive({ device_id: CAMERA });
        expect(Date.now() * 1000 - calledUs).toBeLessThan(10_000_000);
        expect(shape.parse(taken)).toMatchObject({ source: 'live', device_id: CAMERA });
        const number = await numberOfJpeg(await readFile((await snapshots.fileOf(taken.id)) ?? ''));
        const pictureUs = camera.startUs + number * 40_000;
        // The picture shown when it was called: not later, and the next one was not there yet.
        // The call reads the clock a moment later, on a busy machine many; that of its answer is half a second away.
        expect(pictureUs - calledUs).toBeLessThan(200_000);
        expect(calledUs - pictureUs).toBeLessThan(500_000);
        expect(Math.abs(Date.parse(taken.timestamp) * 1000 - pictureUs)).toBeLessThan(2000);
        await new Promise((resolve) => setTimeout(resolve, 430));
      }
      await camera.stop();
    },
  );

  it('is refused when the camera does not run, or its pictures stopped coming', async () => {
    const at = await workstation();
    const { snapshots } = captures(at);
    await expect(snapshots.captureLive({ device_id: CAMERA })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('does not run') as string,
    });
    await expect(snapshots.captureLive({ device_id: randomUUID() })).rejects.toMatchObject({
      kind: 'not_found',
    });
    const camera = await record(at.recording, { cameraId: CAMERA, video: videos['plain'] ?? '' });
    await until('pictures', () => at.recording.waitUntilReadable(CAMERA, camera.startUs + 500_000, 100));
    camera.process.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await expect(snapshots.captureLive({ device_id: CAMERA })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('No pictures come') as string,
    });
    camera.process.kill('SIGCONT');
    await camera.stop();
  });
});

describe('snapshots', () => {
  it('are listed newest first, by pages and cameras, and are deleted with their file', async () => {
    const at = await workstation();
    const { snapshots, snapshotsFolder } = captures(at);
    for (const cameraId of [CAMERA, OTHER_CAMERA]) {
      const camera = await record(at.recording, { cameraId, video: videos['b-frames'] ?? '', paced: false });
      await camera.ended();
      for (const second of [1, 2, 3]) {
        const timestamp = iso(camera.startUs + second * 1e6);
        await snapshots.captureHistorical({ device_id: cameraId, timestamp });
      }
    }
    const all = await snapshots.list({ skip: 0, limit: 100 });
    expect(all).toMatchObject({ count: 6, total: 6 });
    const times = all.snapshots.map((each) => each.created_at);
    expect(times).toEqual([...times].sort().reverse());
    const page = await snapshots.list({ device_id: CAMERA, skip: 1, limit: 1 });
    expect(page).toMatchObject({ count: 1, total: 3 });
    const [one] = page.snapshots;
    if (!one) throw new Error('no snapshot');
    expect(await snapshots.get(one.id)).toEqual(one);
    await snapshots.delete(one.id);
    expect(await filesIn(snapshotsFolder)).not.toContain(`${one.id}.jpg`);
    expect((await filesIn(snapshotsFolder)).length).toBe(5);
    for (const id of [one.id, randomUUID(), '../../etc/passwd']) {
      await expect(snapshots.get(id)).rejects.toMatchObject({ kind: 'not_found' });
      await expect(snapshots.delete(id)).rejects.toMatchObject({ kind: 'not_found' });
      expect(await snapshots.fileOf(id)).toBeNull();
    }
  });

  it('that a crash left unfinished are removed at the next start, others stay', async () => {
    const at = await workstation();
    const before = captures(at);
    const camera = await record(at.recording, {
      cameraId: CAMERA,
      video: videos['b-frames'] ?? '',
      paced: false,
    });
    await camera.ended();
    const timestamp = iso(camera.startUs + 1e6);
    const kept = await before.snapshots.captureHistorical({ device_id: CAMERA, timestamp });
    await mkdir(before.snapshotsFolder, { recursive: true });
    const leftovers = [`${randomUUID()}.jpg`, `${randomUUID()}.jpg.tmp`, 'holiday.jpg', `${kept.id}.jpg`];
    for (const name of leftovers) {
      const file = path.join(before.snapshotsFolder, name);
      await writeFile(file, 'x', { flag: 'a' });
      await utimes(file, new Date(0), new Date(0));
    }
    await captures(at).snapshots.heal();
    expect(await filesIn(before.snapshotsFolder)).toEqual([`${kept.id}.jpg`, 'holiday.jpg'].sort());
  });

  it('name the failure when FFmpeg cannot be started, and keep nothing', async () => {
    const at = await workstation();
    const { snapshots, snapshotsFolder } = captures(at, { ffmpeg: '/nowhere/ffmpeg' });
    const camera = await record(at.recording, {
      cameraId: CAMERA,
      video: videos['b-frames'] ?? '',
      paced: false,
    });
    await camera.ended();
    await expect(
      snapshots.captureHistorical({ device_id: CAMERA, timestamp: iso(camera.startUs + 1e6) }),
    ).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('ffmpeg') as string });
    expect(await filesIn(snapshotsFolder)).toEqual([]);
  });
});
