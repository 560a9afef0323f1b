import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookmark as shape } from '../../../contract/captures';
import { captures, iso } from '../media/testing/captures';
import { makeNumberedVideo, numberOfJpeg, shownNumbers } from '../media/testing/numbered';
import { probe, videoOf } from '../media/testing/probe';
import { resolveMedia } from '../media/resolveMedia';
import { record } from '../recording/testing/camera';
import { CAMERA, filesIn, until, workstation } from '../recording/testing/workstation';

let folder: string;
let video: string;
let hevc: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-bookmark-source-'));
  video = path.join(folder, 'video.mp4');
  hevc = path.join(folder, 'hevc.mp4');
  await makeNumberedVideo(video, { seconds: 30, gop: 50 });
  await makeNumberedVideo(hevc, { seconds: 12, gop: 50, codec: 'hevc' });
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const us = (text: string): number => Date.parse(text) * 1000;
const consecutive = (numbers: readonly number[]): number[] =>
  numbers.map((_, index) => (numbers[0] ?? 0) + index);

describe('a historical bookmark', () => {
  it('holds the seconds around the instant, over several segments, to the picture', async () => {
    const at = await workstation();
    const { bookmarks, snapshots, bookmarksFolder, replays } = captures(at);
    const camera = await record(at.recording, { cameraId: CAMERA, video, paced: false });
    await camera.ended();
    const centerUs = Math.round(camera.startUs / 1000) * 1000 + 7_020_000;
    const made = await bookmarks.captureHistorical({
      ...{ device_id: CAMERA, center_timestamp: iso(centerUs), label: 'Van at the gate', duration: 6 },
    });
    expect(shape.parse(made)).toEqual(made);
    expect(made).toMatchObject({ device_name: 'Gate', source: 'historical', label: 'Van at the gate' });
    expect(us(made.center_timestamp)).toBe(centerUs);
    const file = (await bookmarks.fileOf(made.id, 'video')) ?? '';
    const numbers = await shownNumbers(file);
    // 4.02 s to 10.02 s: the picture shown at 4.02 s is number 100, the last one begins before 10.02 s.
    expect(numbers).toEqual(Array.from({ length: 151 }, (_, index) => 100 + index));
    expect(made.duration).toBeCloseTo(6.02, 2);
    expect(Math.abs(us(made.start_timestamp) - (centerUs - 3_020_000))).toBeLessThanOrEqual(1000);
    expect(Math.abs(us(made.end_timestamp) - (centerUs + 3_000_000))).toBeLessThanOrEqual(1000);
    expect((await stat(file)).size).toBe(made.file_size);
    expect(await filesIn(bookmarksFolder)).toEqual([`${made.id}.jpg`, `${made.id}.mp4`]);
    const services = { bookmarks, snapshots, replays };
    expect(await resolveMedia(services, ['bookmarks', made.id, 'video'])).toEqual({
      file,
      mime: 'video/mp4',
    });
    const thumbnail = await resolveMedia(services, ['bookmarks', made.id, 'thumbnail']);
    expect(thumbnail?.mime).toBe('image/jpeg');
    expect(Math.abs((await numberOfJpeg(await readFile(thumbnail?.file ?? ''))) - 175)).toBeLessThanOrEqual(
      1,
    );
    for (const parts of [
      ['bookmarks', made.id],
      ['bookmarks', made.id, 'x'],
      ['bookmarks', '..', 'video'],
      [],
    ])
      expect(await resolveMedia(services, parts)).toBeNull();
  });

  it('of H.265 is tagged hvc1 and begins exactly at the picture asked for', async () => {
    const at = await workstation();
    const { bookmarks } = captures(at);
    const camera = await record(at.recording, { cameraId: CAMERA, video: hevc, paced: false });
    await camera.ended();
    const center_timestamp = iso(Math.round(camera.startUs / 1000) * 1000 + 5_020_000);
    const made = await bookmarks.captureHistorical({ device_id: CAMERA, center_timestamp, duration: 3 });
    const file = (await bookmarks.fileOf(made.id, 'video')) ?? '';
    expect(videoOf(await probe(file))).toMatchObject({ codec_name: 'hevc', codec_tag_string: 'hvc1' });
    expect((await shownNumbers(file))[0]).toBe(88);
  });

  it('holds what there is, and says honestly when that was', async () => {
    const at = await workstation();
    const { bookmarks, bookmarksFolder } = captures(at);
    const first = await record(at.recording, { cameraId: CAMERA, video, paced: false });
    await first.ended();
    const rows = await at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
    const startUs = rows[0]?.startUs ?? 0;
    const before = await bookmarks.captureHistorical({
      ...{ device_id: CAMERA, center_timestamp: iso(startUs + 1_000_000), duration: 6 },
    });
    expect(us(before.start_timestamp)).toBe(startUs);
    expect(us(before.end_timestamp)).toBe(startUs + 4_000_000);
    expect(before.duration).toBeCloseTo(4, 2);
    // A segment in the middle is missing: closed up, but start and end tell the truth.
    const missing = rows[3];
    if (!missing) throw new Error('too few segments');
    await at.store.write.deleteSegments([missing.id]);
    const middle = (missing.startUs + missing.endUs) / 2;
    const around = await bookmarks.captureHistorical({
      ...{ device_id: CAMERA, center_timestamp: iso(middle), duration: 6 },
    });
    expect(us(around.end_timestamp) - us(around.start_timestamp)).toBeGreaterThan(5_950_000);
    const lost = (missing.endUs - missing.startUs) / 1e6;
    expect(Math.abs(around.duration - (6 - lost))).toBeLessThan(0.05);
    const numbers = await shownNumbers((await bookmarks.fileOf(around.id, 'video')) ?? '');
    const jumps = numbers.filter((number, index) => index > 0 && number !== (numbers[index - 1] ?? 0) + 1);
    expect(jumps.length).toBe(1);
    expect(around.thumbnail_url).not.toBeNull();
    const files = await filesIn(bookmarksFolder);
    await expect(
      bookmarks.captureHistorical({ device_id: CAMERA, center_timestamp: iso(startUs - 60e6), duration: 6 }),
    ).rejects.toMatchObject({ kind: 'not_found' });
    expect(await filesIn(bookmarksFolder)).toEqual(files);
  });

  it('waits for the seconds that are still to come', async () => {
    const at = await workstation();
    const { bookmarks } = captures(at);
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('pictures', () => at.recording.waitUntilReadable(CAMERA, camera.startUs + 2_500_000, 100));
    const made = await bookmarks.captureHistorical({
      ...{ device_id: CAMERA, center_timestamp: new Date().toISOString(), duration: 4 },
    });
    expect(made.duration).toBeGreaterThan(3.95);
    expect(made.duration).toBeLessThan(4.06);
    await camera.stop();
  });
});

describe('a live bookmark', () => {
  it('holds the seconds before the call, also those of the file being written', async () => {
    const at = await workstation();
    const { bookmarks } = captures(at);
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('pictures', () => at.recording.waitUntilReadable(CAMERA, camera.startUs + 5_200_000, 100));
    const calledUs = Date.now() * 1000;
    const made = await bookmarks.captureLive({ device_id: CAMERA, duration: 4 });
    expect(shape.parse(made)).toMatchObject({ source: 'live', label: null });
    const numbers = await shownNumbers((await bookmarks.fileOf(made.id, 'video')) ?? '');
    expect(numbers).toEqual(consecutive(numbers));
    const lastUs = camera.startUs + (numbers.at(-1) ?? 0) * 40_000;
    expect(calledUs - lastUs).toBeLessThan(500_000);
    // The call reads the clock a moment later, on a busy machine many.
    expect(lastUs - calledUs).toBeLessThan(200_000);
    expect(Math.abs(numbers.length - 100)).toBeLessThanOrEqual(2);
    expect(made.duration).toBeGreaterThan(3.95);
    expect(made.duration).toBeLessThan(4.06);
    await camera.stop();
  });

  it('comes out of the buffer when recording is off', async () => {
    const at = await workstation();
    at.recording.setRecording(CAMERA, false);
    const { bookmarks } = captures(at);
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('pictures', () => at.recording.waitUntilReadable(CAMERA, camera.startUs + 4_500_000, 100));
    const made = await bookmarks.captureLive({ device_id: CAMERA, label: 'not recorded', duration: 4 });
    const numbers = await shownNumbers((await bookmarks.fileOf(made.id, 'video')) ?? '');
    expect(numbers).toEqual(consecutive(numbers));
    expect(Math.abs(numbers.length - 100)).toBeLessThanOrEqual(2);
    expect(await at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER)).toEqual([]);
    await camera.stop();
  });

  it('is refused when the camera does not run', async () => {
    const at = await workstation();
    const { bookmarks } = captures(at);
    const live = (device_id: string) => bookmarks.captureLive({ device_id, duration: 6 });
    await expect(live(CAMERA)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(live(randomUUID())).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('bookmarks', () => {
  it('are listed by pages, relabelled, and deleted with their files', async () => {
    const at = await workstation();
    const { bookmarks, bookmarksFolder } = captures(at);
    const camera = await record(at.recording, { cameraId: CAMERA, video, paced: false });
    await camera.ended();
    for (const second of [3, 5, 7])
      await bookmarks.captureHistorical({
        ...{ device_id: CAMERA, center_timestamp: iso(camera.startUs + second * 1e6), duration: 1 },
      });
    const page = await bookmarks.list({ skip: 2, limit: 2 });
    expect(page).toMatchObject({ total: 3, page: 2, page_size: 2 });
    const [one] = page.bookmarks;
    if (!one) throw new Error('no bookmark');
    const labelled = await bookmarks.update({ id: one.id, label: 'Delivery' });
    expect(labelled).toMatchObject({ label: 'Delivery', id: one.id, file_size: one.file_size });
    expect(us(labelled.updated_at)).toBeGreaterThan(us(one.updated_at));
    expect(await bookmarks.get(one.id)).toEqual(labelled);
    expect((await bookmarks.update({ id: one.id, label: null })).label).toBeNull();
    await bookmarks.delete(one.id);
    expect((await filesIn(bookmarksFolder)).length).toBe(4);
    expect((await filesIn(bookmarksFolder)).join()).not.toContain(one.id);
    for (const id of [one.id, '../x']) {
      await expect(bookmarks.get(id)).rejects.toMatchObject({ kind: 'not_found' });
      await expect(bookmarks.update({ id, label: null })).rejects.toMatchObject({ kind: 'not_found' });
      await expect(bookmarks.delete(id)).rejects.toMatchObject({ kind: 'not_found' });
    }
  });

  it('do without a thumbnail when none can be made', async () => {
    const at = await workstation();
    const { bookmarks, bookmarksFolder } = captures(at, { ffmpeg: '/nowhere/ffmpeg' });
    const camera = await record(at.recording, { cameraId: CAMERA, video, paced: false });
    await camera.ended();
    const made = await bookmarks.captureHistorical({
      ...{ device_id: CAMERA, center_timestamp: iso(camera.startUs + 5e6), duration: 2 },
    });
    expect(made.thumbnail_url).toBeNull();
    expect(await bookmarks.fileOf(made.id, 'thumbnail')).toBeNull();
    expect(await filesIn(bookmarksFolder)).toEqual([`${made.id}.mp4`]);
  });
});
