import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../base/logger';
import { createMediaJobs } from '../media/jobs';
import { createMediaWorker } from '../media/mediaWorker';
import { makeNumberedVideo, shownNumbers } from '../media/testing/numbered';
import { record } from '../recording/testing/camera';
import { CAMERA, MEDIA_WORKER, TEST_SETTINGS, until, workstation } from '../recording/testing/workstation';
import type { Workstation } from '../recording/testing/workstation';
import { frameBesideInstant } from './beside';
import { boundsOf } from './ends';
import { gapAt } from './gaps';
import { Playback } from './playback';
import { Timeline } from './timeline';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-open-file-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

function playbackOf(at: Workstation) {
  const log = silentLogger();
  const worker = createMediaWorker(MEDIA_WORKER, log);
  const jobs = createMediaJobs({ ffmpeg: 'ffmpeg', log });
  onTestFinished(async () => {
    await jobs.dispose();
    await worker.dispose();
  });
  return {
    worker,
    playback: new Playback({ read: at.store.read, footage: at.recording, worker, jobs, log }),
  };
}

const bytesOf = ({ body }: { body: string | Uint8Array }): Buffer => Buffer.from(body as Uint8Array);

it('plays the file that is being written: from the first seconds, and later up to the last ones', async () => {
  const video = path.join(folder, 'open.mp4');
  await makeNumberedVideo(video, { seconds: 55, gop: 25 });
  // A segment as long as in the application, begun with the recording: none is closed for a minute.
  const at = await workstation({ settings: { ...TEST_SETTINGS, segmentSeconds: 60 } });
  const { playback, worker } = playbackOf(at);
  const ends = { read: at.store.read, footage: at.recording };
  const timeline = new Timeline(at.store.read, at.recording);
  const rows = () => at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
  expect(await boundsOf(ends, CAMERA)).toBeNull();

  const camera = await record(at.recording, { cameraId: CAMERA, video, aligned: false });
  const begun = Date.now();
  const lengthUs = async (): Promise<number> => {
    const bounds = await boundsOf(ends, CAMERA);
    return bounds === null ? 0 : bounds.endUs - bounds.startUs;
  };
  await until('three seconds', async () => (await lengthUs()) > 3e6);
  expect(Date.now() - begun, 'playable soon').toBeLessThan(10_000);
  // Whoever asks for the time before is led to it: there is no other footage.
  const session = await playback.open('window', CAMERA, camera.startUs - 3600e6, []);
  expect(Math.abs((session.entries[0]?.wallUs ?? 0) - camera.startUs)).toBeLessThan(100_000);
  const played = async (index: number): Promise<number[]> => {
    const one = path.join(folder, 'open-part.mp4');
    const parts = await Promise.all(
      [
        ['head', '0'],
        ['chunk', String(index)],
      ].map(async (what) => bytesOf(await playback.answer([session.id, ...what]))),
    );
    await writeFile(one, Buffer.concat(parts));
    return shownNumbers(one);
  };
  expect((await played(0))[0]).toBe(0);

  await until('twelve seconds', async () => (await lengthUs()) > 12e6, 40);
  const newest = async () => {
    await playback.answer([session.id, 'list']);
    const last = session.entries.at(-1);
    if (!last) throw new Error('nothing to play');
    return last;
  };
  const last = await newest();
  const [number = -1] = await played(last.index);
  expect(Math.abs(camera.startUs + number * 40_000 - last.wallUs), 'at its time').toBeLessThan(40_000);
  const sent = at.recording.newestUs(CAMERA) ?? Number.POSITIVE_INFINITY;
  expect(sent - last.endUs, 'up to the last whole group of pictures').toBeLessThan(4e6);
  expect(await rows(), 'all of it from the file that is being written').toEqual([]);

  // The time line has it, also where no finished file reaches into what it shows.
  const [minute] = await timeline.get({
    ...{ cameraIds: [CAMERA], pixels: 600 },
    ...{ fromUs: camera.startUs - 60e6, toUs: camera.startUs + 60e6 },
  });
  const [[from = 0, to = 0] = []] = minute?.recorded ?? [];
  expect(Math.abs(from * 1000 - camera.startUs)).toBeLessThan(100_000);
  expect(to * 1000 - camera.startUs).toBeGreaterThan(12e6);
  const within = { fromUs: camera.startUs + 5e6, toUs: camera.startUs + 8e6, pixels: 600 };
  const [seconds] = await timeline.get({ cameraIds: [CAMERA], ...within });
  expect(seconds?.recorded).toHaveLength(1);

  // Pictures and gaps beside it.
  const beside = { ...ends, worker };
  const end = camera.startUs + 600e6;
  const before = await frameBesideInstant(beside, CAMERA, end, 'previous');
  expect((before ?? 0) - camera.startUs).toBeGreaterThan(12e6);
  const context = { ...ends, nowUs: () => Date.now() * 1000 };
  const behind = await gapAt(context, CAMERA, (await lengthUs()) + camera.startUs + 2e6);
  expect(behind?.toUs ?? null).toBeNull();
  expect((behind?.fromUs ?? 0) - camera.startUs, 'begins where the footage ends').toBeGreaterThan(12e6);
  expect(behind?.reason).toBe('not-yet');

  // Switched off, nothing more of it will stay than up to now.
  at.recording.setRecording(CAMERA, false);
  const cutUs = (await boundsOf(ends, CAMERA))?.endUs ?? 0;
  expect(cutUs - camera.startUs).toBeGreaterThan(12e6);
  await camera.stop();
  expect((await rows()).length).toBe(1);
  const [row] = await rows();
  expect(Math.abs((await boundsOf(ends, CAMERA))?.startUs ?? 0) - (row?.startUs ?? 0)).toBe(0);
}, 400_000);
