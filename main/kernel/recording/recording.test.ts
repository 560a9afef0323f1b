import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SegmentRow } from '../../store/types';
import { makeNumberedVideo, shownNumbers } from '../media/testing/numbered';
import { probe, videoOf } from '../media/testing/probe';
import { parseArchivePath } from './layout';
import { record } from './testing/camera';
import type { Workstation } from './testing/workstation';
import { CAMERA, descriptorsIn, filesIn, TEST_SETTINGS, until, workstation } from './testing/workstation';

const ALL = [0, Number.MAX_SAFE_INTEGER] as const;
let folder: string;
let video: string;
let videoWithAudio: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-recording-source-'));
  video = path.join(folder, 'video.mp4');
  videoWithAudio = path.join(folder, 'audio.mp4');
  await makeNumberedVideo(video, { seconds: 40, gop: 25 });
  await makeNumberedVideo(videoWithAudio, { seconds: 20, gop: 25, audio: true });
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function rowsOf({ store }: Workstation): Promise<SegmentRow[]> {
  return store.read.findSegments(CAMERA, ...ALL);
}

/** What must hold of every archive (architecture, Storage). */
async function expectSoundArchive(at: Workstation): Promise<SegmentRow[]> {
  const rows = await rowsOf(at);
  const files = (await filesIn(path.join(at.recordings, CAMERA))).map((file) => `${CAMERA}/${file}`);
  expect(files).toEqual(rows.map((row) => row.path).sort());
  rows.forEach((row, index) => {
    expect(row.endUs).toBeGreaterThan(row.startUs);
    expect(row.startUs).toBeGreaterThanOrEqual(rows[index - 1]?.endUs ?? 0);
  });
  for (const row of rows) {
    const file = path.join(at.recordings, row.path);
    expect((await stat(file)).size).toBe(row.bytes);
    const probed = await probe(file, 'frames');
    expect(videoOf(probed).codec_name).toBe(row.videoCodec);
    expect(Number(videoOf(probed).nb_read_frames)).toBeGreaterThan(0);
  }
  return rows;
}

describe('a camera that records', () => {
  it('has every picture in the archive, in files named by their start, without a gap', async () => {
    const at = await workstation();
    const camera = await record(at.recording, { cameraId: CAMERA, video: videoWithAudio });
    await until('three segments', async () => (await rowsOf(at)).length >= 3);
    await camera.stop();
    const rows = await expectSoundArchive(at);
    const numbers: number[] = [];
    for (const [index, row] of rows.entries()) {
      const shown = await shownNumbers(path.join(at.recordings, row.path));
      numbers.push(...shown);
      // FFmpeg lists times to the microsecond, rows are in milliseconds.
      const taken = camera.startUs + (shown[0] ?? 0) * 40_000;
      // Audio begins 21 ms before the video: the pictures of the stream come that much later.
      expect(Math.abs(row.startUs - taken)).toBeLessThan(25_000);
      if (index > 0) expect(row.startUs - (rows[index - 1]?.endUs ?? 0)).toBeLessThan(2000);
      expect(parseArchivePath(row.path)).toEqual({ cameraId: CAMERA, startUs: row.startUs });
      expect(row).toMatchObject({ runId: camera.runId, videoCodec: 'h264', audioCodec: 'aac' });
      expect(row).toMatchObject({ width: 320, height: 180 });
      expect((await stat(path.join(at.recordings, row.path))).mode & 0o777).toBe(0o600);
    }
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(await filesIn(path.join(at.recordings, 'incoming'))).toEqual([]);
    expect((await at.recording.stats()).pending).toBe(0);
  });

  it('answers the channels of the contract', async () => {
    const at = await workstation();
    const camera = await record(at.recording, { cameraId: CAMERA, video, paced: false });
    await camera.ended();
    const rows = await rowsOf(at);
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
    const { dates } = await at.recording.dates({ device_id: CAMERA });
    expect(dates.reduce((sum, day) => sum + day.segments_count, 0)).toBe(rows.length);
    expect(dates.reduce((sum, day) => sum + day.bytes, 0)).toBe(bytes);
    const first = new Date((rows[0]?.startUs ?? 0) / 1000);
    const offsetMs = first.getTimezoneOffset() * 60_000;
    expect(dates.at(-1)?.date).toBe(new Date(first.getTime() - offsetMs).toISOString().slice(0, 10));
    const start = new Date(camera.startUs / 1000).toISOString();
    const end = new Date(camera.startUs / 1000 + 5000).toISOString();
    const { segments } = await at.recording.segments({ device_id: CAMERA, start, end, limit: 2 });
    expect(segments.map((segment) => segment.id)).toEqual(rows.slice(0, 2).map((row) => row.id));
    await expect(
      at.recording.segments({ device_id: CAMERA, start: end, end: start, limit: 1 }),
    ).rejects.toMatchObject({ kind: 'invalid' });
    expect(await at.recording.stats()).toMatchObject({ recordedBytes: bytes, pending: 0, failures: 0 });
  });

  it('keeps what FFmpeg wrote when it is killed, without its report', async () => {
    const at = await workstation();
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('a segment', async () => (await rowsOf(at)).length >= 1);
    await until('some of the next', () => (at.recording.newestUs(CAMERA) ?? 0) > camera.startUs + 2_500_000);
    await camera.stop('SIGKILL');
    await expectSoundArchive(at);
    expect(await filesIn(path.join(at.recordings, 'incoming'))).toEqual([]);
  });

  it('leaves no descriptor, file or thread behind', async () => {
    const at = await workstation();
    const threads = async (): Promise<number> => (await readdir('/proc/self/task')).length;
    const before = await threads();
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('a segment', async () => (await rowsOf(at)).length >= 1);
    await at.recording.waitUntilReadable(CAMERA, Date.now() * 1000, 2000);
    await camera.stop();
    expect(await threads()).toBeGreaterThan(before);
    await at.recording.dispose();
    expect(await threads()).toBe(before);
    expect(await descriptorsIn(at.recordings)).toEqual([]);
    expect(camera.process.exitCode ?? camera.process.signalCode).not.toBeNull();
    expect((await filesIn(at.recordings)).filter((file) => !file.startsWith(CAMERA))).toEqual([]);
  });

  it('writes below a folder whose name looks like an option, a pattern or a list', async () => {
    const parent = await mkdtemp(path.join(tmpdir(), 'vas-odd-'));
    const at = await workstation({ recordings: path.join(parent, "-i 100%05d 'a|b', ümlaut") });
    const camera = await record(at.recording, { cameraId: CAMERA, video, paced: false });
    await camera.ended();
    expect((await expectSoundArchive(at)).length).toBeGreaterThan(5);
    await rm(parent, { recursive: true });
  });
});

describe('switching recording', () => {
  it('never restarts FFmpeg; off keeps what was taken before, on counts the open segment whole', async () => {
    const at = await workstation();
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('a segment', async () => (await rowsOf(at)).length >= 1);
    await until('a second of the next', () => (at.recording.newestUs(CAMERA) ?? 0) > Date.now() * 1000 - 2e6);
    const offUs = Date.now() * 1000;
    at.recording.setRecording(CAMERA, false);
    expect(at.recording.isRecording(CAMERA)).toBe(false);
    await until('two buffered segments', async () => (await at.recording.stats()).buffered >= 2);
    const kept = await expectSoundArchive(at);
    const end = kept.at(-1)?.endUs ?? 0;
    // Up to the fragment in which it was switched off: nothing is lost, at most a fragment too much is kept.
    // A fragment is half a second; FFmpeg may come late on a busy machine.
    expect(end - offUs).toBeGreaterThan(-1_200_000);
    expect(end - offUs).toBeLessThan(1_200_000);
    at.recording.setRecording(CAMERA, true);
    await until('another segment', async () => (await rowsOf(at)).length > kept.length);
    await camera.stop();
    const rows = await expectSoundArchive(at);
    const gap = (rows[kept.length]?.startUs ?? 0) - end;
    expect(gap).toBeGreaterThan(1_000_000);
    expect(new Set(rows.map((row) => row.runId))).toEqual(new Set([camera.runId]));
  });

  it('off keeps a rolling buffer that goes when it is too old, and not while it is read', async () => {
    const settings = { ...TEST_SETTINGS, segmentSeconds: 1, bufferSeconds: 3 };
    const at = await workstation({ settings });
    at.recording.setRecording(CAMERA, false);
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    const incoming = path.join(at.recordings, 'incoming', CAMERA);
    await until('a buffered segment', async () => (await at.recording.stats()).buffered >= 1);
    const [first] = await at.recording.locate(CAMERA, ...ALL);
    if (!first) throw new Error('nothing buffered');
    const hold = at.recording.hold([first]);
    await until('many buffered segments', async () => (await at.recording.stats()).buffered >= 3);
    await until(
      'the second to go',
      async () => !(await readdir(incoming)).includes(`${camera.runId}-00001.mp4`),
    );
    expect(await readdir(incoming)).toContain(path.basename(first.file));
    hold.dispose();
    await until(
      'the first to go',
      async () => !(await readdir(incoming)).includes(path.basename(first.file)),
    );
    expect(await rowsOf(at)).toEqual([]);
    await camera.stop();
    await at.recording.dropBuffer(CAMERA);
    await until('nothing left', async () => (await filesIn(at.recordings)).length === 0);
  });
});

describe('footage', () => {
  it('is found in the archive and in the file being written, without overlap', async () => {
    const at = await workstation();
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('a segment', async () => (await rowsOf(at)).length >= 1);
    const now = at.recording.nowUs(CAMERA) ?? 0;
    // The stream's clock: as late as FFmpeg is on a busy machine, and of today.
    expect(Math.abs(now - Date.now() * 1000)).toBeLessThan(20_000_000);
    expect(await at.recording.waitUntilReadable(CAMERA, now, 20_000)).toBe(true);
    const pieces = await at.recording.locate(CAMERA, camera.startUs, now);
    expect(pieces.at(-1)?.open).toBe(true);
    expect(pieces.at(-1)?.endUs).toBeGreaterThanOrEqual(now);
    expect(pieces.filter((piece) => piece.open).length).toBe(1);
    expect(pieces[0]?.startUs).toBe(Math.round(camera.startUs / 1000) * 1000);
    pieces.forEach((piece, index) => {
      const before = pieces[index - 1];
      if (!before) return;
      expect(piece.startUs).toBeGreaterThanOrEqual(before.endUs);
      expect(piece.startUs - before.endUs).toBeLessThan(2000);
    });
    expect(await at.recording.locate(CAMERA, camera.startUs - 10e6, camera.startUs - 1)).toEqual([]);
    await camera.stop();
    expect(at.recording.newestUs(CAMERA)).toBeNull();
    expect(at.recording.nowUs(CAMERA)).toBeNull();
    expect(await at.recording.waitUntilReadable(CAMERA, now + 60e6, 5000)).toBe(false);
  });

  it('goes behind what is there when the system clock was set back', async () => {
    const at = await workstation();
    const first = await record(at.recording, { cameraId: CAMERA, video, paced: false });
    await first.ended();
    const before = await rowsOf(at);
    const again = await record(at.recording, { cameraId: CAMERA, video, paced: false, shiftUs: 5e6 });
    await again.ended();
    const rows = await expectSoundArchive(at);
    const added = rows.slice(before.length);
    expect(rows.slice(0, before.length)).toEqual(before);
    const length = (some: SegmentRow[]): number =>
      some.reduce((sum, row) => sum + row.endUs - row.startUs, 0);
    expect(Math.abs(length(added) - length(before))).toBeLessThan(50_000);
  });
});

describe('footage behind what was given up', () => {
  it('AR-3: does not begin before the end of what was told last, although its row is gone', async () => {
    const at = await workstation();
    const first = await record(at.recording, { cameraId: CAMERA, video, paced: false });
    await first.ended();
    const before = await rowsOf(at);
    const endUs = before.at(-1)?.endUs ?? 0;
    expect(endUs).toBeGreaterThan(0);
    await at.store.write.deleteSegments(before.map(({ id }) => id));
    // As a clock does that was slewed meanwhile.
    const shiftUs = endUs - 400_000 - Date.now() * 1000;
    const again = await record(at.recording, { cameraId: CAMERA, video, paced: false, shiftUs });
    expect(again.startUs).toBeLessThan(endUs - 200_000);
    await again.ended();
    expect((await rowsOf(at))[0]?.startUs).toBe(endUs);
  });
});

describe('a folder that cannot be used', () => {
  it('is refused before FFmpeg is started, with the fault storage', async () => {
    const parent = await mkdtemp(path.join(tmpdir(), 'vas-blocked-'));
    await writeFile(path.join(parent, 'file'), 'not a folder');
    const at = await workstation({ recordings: path.join(parent, 'file', 'recordings') });
    await expect(record(at.recording, { cameraId: CAMERA, video })).rejects.toMatchObject({
      kind: 'unavailable',
      details: { code: 'storage' },
      message: expect.stringContaining('cannot be written') as string,
    });
    await rm(parent, { recursive: true });
  });

  it('is refused when the floor cannot be kept', async () => {
    const retention = { maxDays: null, maxBytes: null, floorBytes: 1e18 };
    const at = await workstation({ settings: { ...TEST_SETTINGS, retention } });
    await expect(record(at.recording, { cameraId: CAMERA, video })).rejects.toMatchObject({
      kind: 'unavailable',
      details: { code: 'storage' },
      message: expect.stringContaining('too little free space') as string,
    });
  });
});
