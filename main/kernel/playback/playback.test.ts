import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../base/logger';
import { createMediaJobs } from '../media/jobs';
import { createMediaWorker } from '../media/mediaWorker';
import { makeNumberedVideo, numberOfJpeg, shownNumbers } from '../media/testing/numbered';
import { record } from '../recording/testing/camera';
import { CAMERA, MEDIA_WORKER, until, workstation } from '../recording/testing/workstation';
import type { Workstation } from '../recording/testing/workstation';
import { frameBesideInstant } from './beside';
import type { KeysHead } from './pack';
import { Playback } from './playback';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-playback-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

function playbackOf(at: Workstation, mayWatch?: (owner: string, camera: string) => boolean) {
  const log = silentLogger();
  const worker = createMediaWorker(MEDIA_WORKER, log);
  const jobs = createMediaJobs({ ffmpeg: 'ffmpeg', log });
  onTestFinished(async () => {
    await jobs.dispose();
    await worker.dispose();
  });
  const common = { read: at.store.read, footage: at.recording, worker, jobs, log };
  return { worker, jobs, playback: new Playback(mayWatch ? { ...common, mayWatch } : common) };
}

const bytesOf = ({ body }: { body: string | Uint8Array }): Buffer => Buffer.from(body as Uint8Array);

function unpacked(body: Buffer): { head: KeysHead; pictures: Buffer[] } {
  const length = body.readUInt32BE(0);
  const head = JSON.parse(body.toString('utf8', 4, 4 + length)) as KeysHead;
  let at = 4 + length;
  const pictures = head.frames.map(({ size }) => body.subarray(at, (at += size)));
  return { head, pictures };
}

describe('a playback session', () => {
  it.each([
    ['H.264 with B-frames and sound, as it is', { bFrames: 2, audio: true } as const],
    ['H.265, converted', { codec: 'hevc' } as const],
  ])(
    'plays %s: every picture once, each at its time',
    async (_what, kind) => {
      const video = path.join(folder, `${String(Math.random())}.mp4`);
      await makeNumberedVideo(video, { seconds: 14, gop: 25, ...kind });
      const at = await workstation();
      const { playback, worker } = playbackOf(at);
      const camera = await record(at.recording, { cameraId: CAMERA, video });
      await until('nine seconds', () => (at.recording.newestUs(CAMERA) ?? 0) > camera.startUs + 9e6);
      await camera.stop();
      const session = await playback.open('window', CAMERA, camera.startUs + 2e6, []);
      const list = (await playback.answer([session.id, 'list'])).body as string;
      expect(list).toContain('#EXT-X-MAP:URI="head/0"');
      expect(list).not.toContain('#EXT-X-DISCONTINUITY\n');
      const parts = [bytesOf(await playback.answer([session.id, 'head', '0']))];
      for (const { index } of session.entries)
        parts.push(bytesOf(await playback.answer([session.id, 'chunk', String(index)])));
      const whole = path.join(folder, 'whole.mp4');
      await writeFile(whole, Buffer.concat(parts));
      // The last ones may lack what they refer to: the camera ended in the middle of a group.
      const numbers = (await shownNumbers(whole)).slice(0, -4);
      expect(numbers.length).toBeGreaterThan(200);
      expect(numbers).toEqual(numbers.map((_number, index) => (numbers[0] ?? 0) + index));
      // B-frames delay every picture alike.
      const delayUs = 'bFrames' in kind ? 80_000 : 0;
      for (const { wallUs, index } of session.entries.filter((entry) => entry.index % 4 === 1)) {
        const one = path.join(folder, 'one.mp4');
        await writeFile(
          one,
          Buffer.concat([parts[0] ?? Buffer.alloc(0), parts[index + 1] ?? Buffer.alloc(0)]),
        );
        const [first = -1] = await shownNumbers(one);
        expect(
          Math.abs(camera.startUs + delayUs + first * 40_000 - wallUs),
          `chunk ${String(index)}`,
        ).toBeLessThan(40_000);
      }

      // Key frames, forwards and backwards.
      const around = (us: number): string => String(Math.round(camera.startUs + us));
      for (const [from, to] of [
        [3.5e6, 7.5e6],
        [7.5e6, 3.5e6],
      ] as const) {
        const answer = await playback.answer([session.id, 'keys', around(from), around(to), '1']);
        const { head, pictures } = unpacked(bytesOf(answer));
        expect(head.frames).toHaveLength(5);
        expect(head.kind).toBe('codec' in kind ? 'jpeg' : 'video');
        for (const [index, { at: atMs }] of head.frames.entries()) {
          expect(Math.abs(atMs * 1000 - camera.startUs - delayUs - (3 + index) * 1e6)).toBeLessThan(60_000);
          if (head.kind === 'jpeg')
            expect(await numberOfJpeg(pictures[index] ?? Buffer.alloc(0))).toBe(75 + index * 25);
        }
        if (head.kind === 'video') expect(head.codec).toMatch(/^avc1\.[0-9a-f]{6}$/);
      }

      // What has no preview yet is answered with none: no error, the window asks for the key frame then.
      const none = await playback.answer([session.id, 'preview', String(camera.startUs)]);
      expect(unpacked(bytesOf(none)).head.frames).toEqual([]);

      // Steps from picture to picture, in both directions.
      const beside = { read: at.store.read, footage: at.recording, worker };
      const shown = await frameBesideInstant(beside, CAMERA, camera.startUs + 4.01e6, 'nearest');
      const next = await frameBesideInstant(beside, CAMERA, shown ?? 0, 'next');
      expect((next ?? 0) - (shown ?? 0)).toBeGreaterThan(39_000);
      expect((next ?? 0) - (shown ?? 0)).toBeLessThan(41_000);
      expect(await frameBesideInstant(beside, CAMERA, next ?? 0, 'previous')).toBe(shown);
      // A moment given in whole milliseconds: the picture that begins within its millisecond is the one seen.
      const following = await frameBesideInstant(beside, CAMERA, (next ?? 0) - 400, 'next');
      expect((following ?? 0) - (next ?? 0)).toBeGreaterThan(39_000);
      expect(await frameBesideInstant(beside, CAMERA, (next ?? 0) - 400, 'previous')).toBe(shown);
      const first = await frameBesideInstant(beside, CAMERA, camera.startUs - 60e6, 'nearest');
      expect(Math.abs((first ?? 0) - camera.startUs)).toBeLessThan(100_000);
      expect(await frameBesideInstant(beside, CAMERA, first ?? 0, 'previous')).toBeNull();
    },
    90_000,
  );

  it('belongs to its window, is refused without the right, and says when footage has been given up', async () => {
    const video = path.join(folder, 'short.mp4');
    await makeNumberedVideo(video, { seconds: 8, gop: 25 });
    const at = await workstation();
    const { playback } = playbackOf(at, (owner) => owner !== 'viewer');
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('four seconds', () => (at.recording.newestUs(CAMERA) ?? 0) > camera.startUs + 4e6);
    await camera.stop();
    await expect(playback.open('viewer', CAMERA, camera.startUs, [])).rejects.toMatchObject({
      kind: 'not_found',
    });
    const session = await playback.open('window', CAMERA, camera.startUs - 3600e6, []);
    expect(session.entries.length, 'begins behind the gap').toBeGreaterThan(0);
    playback.close('another window', session.id);
    expect(playback.sessions).toBe(1);
    for (const wrong of [
      ['list', 'x'],
      ['chunk'],
      ['chunk', '../../etc/passwd'],
      ['chunk', '-1'],
      ['head', '7'],
      ['x'],
    ])
      await expect(playback.answer([session.id, ...wrong])).rejects.toMatchObject({ kind: 'not_found' });
    const rows = await at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
    await at.store.write.deleteSegments(rows.map(({ id }) => id));
    await expect(playback.answer([session.id, 'chunk', '0'])).rejects.toThrow('given up by retention');
    playback.closeOwner('window');
    await expect(playback.answer([session.id, 'list'])).rejects.toMatchObject({ kind: 'not_found' });
    await expect(playback.open('window', CAMERA, camera.startUs, [])).rejects.toMatchObject({
      kind: 'not_found',
    });
  }, 120_000);
});
