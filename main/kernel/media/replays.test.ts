import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { record } from '../recording/testing/camera';
import { CAMERA, filesIn, until, workstation } from '../recording/testing/workstation';
import { resolveMedia } from './resolveMedia';
import { captures } from './testing/captures';
import { makeNumberedVideo, shownNumbers } from './testing/numbered';

let folder: string;
let video: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-replay-source-'));
  video = path.join(folder, 'video.mp4');
  await makeNumberedVideo(video, { seconds: 30, gop: 25 });
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('an instant replay', () => {
  it('holds the last seconds up to the present, and goes with the window', async () => {
    const at = await workstation();
    const { replays, replaysFolder, snapshots, bookmarks } = captures(at);
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('six seconds of footage', () => (at.recording.newestUs(CAMERA) ?? 0) > camera.startUs + 6e6);
    const asked = Date.now() * 1000;
    const replay = await replays.open('window', CAMERA, 5);
    expect(replay.videoCodec).toBe('h264');
    expect(replay.seconds).toBeGreaterThan(4);
    expect(asked - replay.endUs).toBeLessThan(2_500_000);
    expect(Math.abs(replay.endUs - replay.startUs - replay.seconds * 1e6)).toBeLessThan(200_000);
    const media = await resolveMedia({ snapshots, bookmarks, replays }, ['replays', replay.id]);
    expect(media).toEqual({ file: path.join(replaysFolder, `${replay.id}.mp4`), mime: 'video/mp4' });
    expect((await stat(media?.file ?? '')).mode & 0o777).toBe(0o600);
    const [first = -1] = await shownNumbers(media?.file ?? '');
    // The picture with which it says to begin is the one with which it begins.
    expect(Math.abs(camera.startUs + (first / 25) * 1e6 - replay.startUs)).toBeLessThanOrEqual(40_000);

    replays.close('another window', replay.id);
    expect(replays.fileOf(replay.id)).not.toBeNull();
    const others = await Promise.all([1, 2, 3, 4].map(() => replays.open('window', CAMERA, 5)));
    expect(replays.fileOf(replay.id), 'the fifth replay of a window ends its first').toBeNull();
    replays.close('window', others[0]?.id ?? '');
    expect(replays.fileOf(others[0]?.id ?? '')).toBeNull();
    replays.closeOwner('window');
    await until('every file is gone', async () => (await filesIn(replaysFolder)).length === 0);
    await camera.stop();
  }, 40_000);

  it('holds any span of what was kept, also after the camera has stopped', async () => {
    const at = await workstation();
    const { replays } = captures(at);
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until(
      'eight seconds of footage',
      () => (at.recording.newestUs(CAMERA) ?? 0) > camera.startUs + 8e6,
    );
    await camera.stop();
    const fromUs = camera.startUs + 2e6;
    const span = await replays.openSpan('window', CAMERA, { fromUs, toUs: fromUs + 3e6 });
    expect(Math.abs(span.startUs - fromUs)).toBeLessThanOrEqual(40_000);
    expect(span.seconds).toBeCloseTo(3, 0);
    await expect(replays.openSpan('window', CAMERA, { fromUs, toUs: fromUs })).rejects.toMatchObject({
      kind: 'invalid',
    });
    await expect(replays.openSpan('window', CAMERA, { fromUs, toUs: fromUs + 301e6 })).rejects.toMatchObject({
      kind: 'invalid',
    });
    const before = fromUs - 3_600e6;
    await expect(
      replays.openSpan('window', CAMERA, { fromUs: before, toUs: before + 1e6 }),
    ).rejects.toMatchObject({ kind: 'not_found' });
    replays.closeOwner('window');
  }, 40_000);

  it('of a camera that does not run is refused, and text that is no id finds nothing', async () => {
    const at = await workstation();
    const { replays } = captures(at);
    await expect(replays.open('window', CAMERA, 30)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(replays.fileOf('../../etc/passwd')).toBeNull();
  });

  it('that a crash left behind is removed at the next start', async () => {
    const at = await workstation();
    const { replays, replaysFolder } = captures(at);
    await mkdir(replaysFolder);
    await writeFile(path.join(replaysFolder, '00000000-0000-4000-8000-000000000001.mp4'), 'x');
    await replays.heal();
    expect(await filesIn(replaysFolder)).toEqual([]);
  });
});
