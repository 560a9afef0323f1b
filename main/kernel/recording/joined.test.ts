import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { SegmentRow } from '../../store/types';
import type { FootagePiece } from '../media/footage';
import { makeNumberedVideo, shownNumbers } from '../media/testing/numbered';
import { run } from '../media/testing/run';
import { mediaOperations } from '../media/worker/operations';
import { record } from './testing/camera';
import type { Workstation } from './testing/workstation';
import { CAMERA, until, workstation } from './testing/workstation';

const FPS = 25;
const GOP = 50;
/** The camera is joined with this picture; the first key frame is one group of pictures after its beginning. */
const JOINED = 13;
// Real programs on a machine that does other things besides.
vi.setConfig({ testTimeout: 240_000 });

/** What a camera sends to whoever joins within a group of pictures. */
async function joinedVideo(audio: boolean): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-joined-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [whole, joined] = [path.join(folder, 'whole.mp4'), path.join(folder, 'joined.ts')];
  await makeNumberedVideo(whole, { seconds: 14, gop: GOP, audio });
  await run('ffmpeg', [
    ...['-v', 'error', '-i', whole, '-map', '0', '-c', 'copy'],
    ...['-bsf:v', String.raw`h264_mp4toannexb,noise=drop=lt(n\,${String(JOINED)})`, '-f', 'mpegts', joined],
  ]);
  return joined;
}

const all = [CAMERA, 0, Number.MAX_SAFE_INTEGER] as const;

async function firstRow({ store }: Workstation): Promise<SegmentRow | undefined> {
  await until('a row', async () => (await store.read.findSegments(...all)).length > 0, 120);
  return (await store.read.findSegments(...all))[0];
}

it('the file that is being written is dated by its first picture, not by the first packet of the camera', async () => {
  const at = await workstation();
  const camera = await record(at.recording, { cameraId: CAMERA, video: await joinedVideo(false) });
  let open: FootagePiece | undefined;
  await until(
    'footage of the open file',
    async () => {
      [open] = await at.recording.locate(...all);
      return open?.open === true;
    },
    120,
  );
  // Media time begins with the first packet, which is left out with the rest of its group of pictures.
  const expectedUs = camera.startUs + ((GOP - JOINED) / FPS) * 1e6;
  expect(Math.abs((open?.startUs ?? 0) - expectedUs)).toBeLessThan(2000);
  const row = await firstRow(at);
  await camera.stop();
  expect(Math.abs((row?.startUs ?? 0) - (open?.startUs ?? 0))).toBeLessThan(2000);
  expect((await shownNumbers(path.join(at.recordings, row?.path ?? '')))[0]).toBe(GOP);
});

it('a crash while the first file is written leaves it dated by its first picture', async () => {
  const at = await workstation();
  const camera = await record(at.recording, { cameraId: CAMERA, video: await joinedVideo(false) });
  await until(
    'footage of the open file',
    async () => {
      const [piece] = await at.recording.locate(...all);
      return piece?.open === true && piece.endUs - piece.startUs > 400_000;
    },
    120,
  );
  await camera.crash();
  await at.reopen().heal();
  const row = await firstRow(at);
  const expectedUs = camera.startUs + ((GOP - JOINED) / FPS) * 1e6;
  expect(Math.abs((row?.startUs ?? 0) - expectedUs)).toBeLessThan(2000);
});

it('sound that comes before the first picture keeps its time in the file', async () => {
  const at = await workstation();
  const camera = await record(at.recording, { cameraId: CAMERA, video: await joinedVideo(true) });
  const row = await firstRow(at);
  await camera.stop();
  const { video, audio } = mediaOperations.examine(path.join(at.recordings, row?.path ?? ''), 0);
  const pictureAt = (video?.firstPts ?? 0) / (video?.timescale ?? 1);
  const soundAt = (audio?.firstDts ?? 0) / (audio?.timescale ?? 1);
  // Two seconds to the first key frame; MPEG-TS and AAC move the sound by a packet at most.
  expect(Math.abs(pictureAt - soundAt - GOP / FPS)).toBeLessThan(0.1);
});
