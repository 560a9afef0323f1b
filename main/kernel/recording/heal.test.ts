import { randomUUID } from 'node:crypto';
import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SegmentRow } from '../../store/types';
import { makeNumberedVideo, shownNumbers } from '../media/testing/numbered';
import { probe, videoOf } from '../media/testing/probe';
import { archivePath } from './layout';
import { record } from './testing/camera';
import type { Workstation } from './testing/workstation';
import { CAMERA, filesIn, OTHER_CAMERA, TEST_SETTINGS, until, workstation } from './testing/workstation';

const ALL = [0, Number.MAX_SAFE_INTEGER] as const;
const GOP_SECONDS = 1;
const SHORT = { ...TEST_SETTINGS, segmentSeconds: 1 };
let folder: string;
let video: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-heal-source-'));
  video = path.join(folder, 'video.mp4');
  await makeNumberedVideo(video, { seconds: 20, gop: 25 * GOP_SECONDS });
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const rowsOf = ({ store }: Workstation, camera = CAMERA): Promise<SegmentRow[]> =>
  store.read.findSegments(camera, ...ALL);

/** Every picture of the archive, in the order of its rows; every file must be readable without complaint. */
async function numbersOf(at: Workstation): Promise<number[]> {
  const numbers: number[] = [];
  for (const row of await rowsOf(at)) {
    const file = path.join(at.recordings, row.path);
    await probe(file, 'frames');
    numbers.push(...(await shownNumbers(file)));
  }
  return numbers;
}

describe('SIGKILL of everything while it records', () => {
  it.each([700, 1400, 2100, 2600, 3300, 4100])(
    'after %i ms costs at most a second beyond one GOP, and every file reads',
    async (ms) => {
      const at = await workstation();
      const camera = await record(at.recording, { cameraId: CAMERA, video });
      await new Promise((resolve) => setTimeout(resolve, ms + Math.random() * 300));
      const killedUs = Date.now() * 1000;
      await camera.crash();
      const report = await at.reopen().heal();
      const rows = await rowsOf(at);
      const numbers = await numbersOf(at);
      expect(numbers).toEqual(numbers.map((_, index) => index));
      const lastUs = camera.startUs + numbers.length * 40_000;
      // The second more is for FFmpeg on a busy machine, whose pictures come late.
      expect(killedUs - lastUs).toBeLessThan((2 + GOP_SECONDS) * 1e6);
      for (const row of rows) {
        const [first = 0] = await shownNumbers(path.join(at.recordings, row.path));
        expect(Math.abs(row.startUs - (camera.startUs + first * 40_000))).toBeLessThan(2000);
      }
      expect(await filesIn(path.join(at.recordings, 'incoming'))).toEqual([]);
      // A file that FFmpeg had only just begun holds nothing yet.
      expect(report.discarded).toBeLessThanOrEqual(1);
      expect((await filesIn(path.join(at.recordings, 'quarantine'))).length).toBe(report.quarantined);
    },
  );
});

describe('healing at start', () => {
  /** A run that crashed in its third segment. */
  async function crashed(at: Workstation, recording = true): Promise<{ file: string; startUs: number }> {
    at.recording.setRecording(CAMERA, recording);
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('two settled segments', async () => {
      const { buffered } = await at.recording.stats();
      return recording ? (await rowsOf(at)).length >= 2 : buffered >= 2;
    });
    await until('some footage of the next', async () => {
      const last = (await at.recording.locate(CAMERA, ...ALL)).at(-1);
      return last?.open === true && last.endUs - last.startUs > 300_000;
    });
    await camera.crash();
    const incoming = path.join(at.recordings, 'incoming', CAMERA);
    const files = (await filesIn(incoming)).filter((file) => file.endsWith('.mp4'));
    return { file: path.join(incoming, files.at(-1) ?? ''), startUs: camera.startUs };
  }

  it('cuts off a fragment that was not finished', async () => {
    const at = await workstation({ settings: SHORT });
    const { file } = await crashed(at);
    const begun = Buffer.alloc(900);
    begun.writeUInt32BE(5000, 0);
    begun.write('mdat', 4);
    await appendFile(file, begun);
    const bytes = (await readFile(file)).length;
    expect(await at.reopen().heal()).toEqual({ registered: 1, discarded: 0, quarantined: 0 });
    const [last] = (await rowsOf(at)).slice(-1);
    expect(last?.bytes).toBeLessThan(bytes);
    const numbers = await numbersOf(at);
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it('discards the buffer of a camera that did not record', async () => {
    const at = await workstation({ settings: SHORT });
    await crashed(at, false);
    const report = await at.reopen().heal();
    expect(report).toMatchObject({ registered: 0, quarantined: 0 });
    expect(report.discarded).toBeGreaterThanOrEqual(3);
    expect(await filesIn(at.recordings)).toEqual([]);
    expect(await rowsOf(at)).toEqual([]);
  });

  it('puts into quarantine what cannot be used, and deletes none of it', async () => {
    const at = await workstation({ settings: SHORT });
    const incoming = path.join(at.recordings, 'incoming', CAMERA);
    await mkdir(incoming, { recursive: true });
    await writeFile(
      path.join(incoming, `${randomUUID()}-00000.mp4`),
      (await readFile(video)).subarray(0, 900),
    );
    await writeFile(path.join(incoming, `${randomUUID()}-00001.mp4`), Buffer.alloc(50_000, 7));
    await copyFile(video, path.join(incoming, `${randomUUID()}-00002.mp4`));
    expect(await at.recording.heal()).toEqual({ registered: 0, discarded: 0, quarantined: 3 });
    expect((await filesIn(path.join(at.recordings, 'quarantine'))).length).toBe(3);
    expect((await at.recording.stats()).quarantined).toBe(3);
    expect(await filesIn(incoming)).toEqual([]);
  });

  it('puts footage of a camera that nobody knows into quarantine', async () => {
    const at = await workstation({ settings: SHORT });
    const { file } = await crashed(at);
    const incoming = path.join(at.recordings, 'incoming', randomUUID());
    await mkdir(incoming);
    await copyFile(file, path.join(incoming, `${randomUUID()}-00000.mp4`));
    const again = at.reopen();
    expect(await again.heal()).toEqual({ registered: 1, discarded: 0, quarantined: 1 });
    expect((await filesIn(path.join(at.recordings, 'quarantine'))).length).toBe(1);
    expect((await again.stats()).pending).toBe(0);
  });

  it('removes a file into which nothing was written yet', async () => {
    const at = await workstation({ settings: SHORT });
    const incoming = path.join(at.recordings, 'incoming', CAMERA);
    await mkdir(incoming, { recursive: true });
    await writeFile(path.join(incoming, `${randomUUID()}-00000.mp4`), '');
    expect(await at.recording.heal()).toEqual({ registered: 0, discarded: 1, quarantined: 0 });
    expect(await filesIn(at.recordings)).toEqual([]);
  });

  it('dates a file without a note by its last change', async () => {
    const at = await workstation({ settings: SHORT });
    const { file } = await crashed(at);
    await unlink(file.replace(/-\d+\.mp4$/, '.json'));
    const before = await rowsOf(at);
    await at.reopen().heal();
    const [last] = (await rowsOf(at)).slice(before.length);
    expect(last?.endUs).toBeGreaterThan(Date.now() * 1000 - 20e6);
    expect(last?.endUs).toBeLessThan(Date.now() * 1000);
    expect(last?.startUs).toBeGreaterThanOrEqual(before.at(-1)?.endUs ?? 0);
  });

  it('leaves a sound archive alone, and may run again and again', async () => {
    const at = await workstation({ settings: SHORT });
    await crashed(at);
    const again = at.reopen();
    await again.heal();
    const rows = await rowsOf(at);
    expect(await again.heal()).toEqual({ registered: 0, discarded: 0, quarantined: 0 });
    expect(await again.checkArchive()).toMatchObject({ missingFiles: 0, registered: 0, quarantined: 0 });
    expect(await rowsOf(at)).toEqual(rows);
  });
});

describe('comparing archive and index', () => {
  async function recorded(at: Workstation): Promise<SegmentRow[]> {
    const camera = await record(at.recording, { cameraId: CAMERA, video, paced: false });
    await camera.ended();
    return rowsOf(at);
  }

  it('registers files again whose row was never written', async () => {
    const at = await workstation();
    const rows = await recorded(at);
    const lost = rows[3];
    if (!lost) throw new Error('too few segments');
    await at.store.write.deleteSegments([lost.id]);
    expect(await at.recording.checkArchive()).toMatchObject({
      missingFiles: 0,
      registered: 1,
      quarantined: 0,
    });
    const found = await at.store.read.segmentByPath(lost.path);
    expect(found).toMatchObject({
      ...lost,
      id: expect.anything() as string,
      runId: expect.anything() as string,
    });
    expect(await filesIn(path.join(at.recordings, 'quarantine'))).toEqual([]);
  });

  it('drops rows whose file is gone', async () => {
    const at = await workstation();
    const rows = await recorded(at);
    const lost = rows[2];
    if (!lost) throw new Error('too few segments');
    await unlink(path.join(at.recordings, lost.path));
    expect(await at.recording.checkArchive()).toMatchObject({ missingFiles: 1, registered: 0 });
    expect(await rowsOf(at)).toEqual(rows.filter((row) => row !== lost));
  });

  it('keeps the index when most files are missing: the disk is, not the footage', async () => {
    const at = await workstation();
    const rows = await recorded(at);
    const elsewhere = path.join(at.folder, 'unmounted');
    await rename(path.join(at.recordings, CAMERA), elsewhere);
    expect(await at.recording.checkArchive()).toMatchObject({ missingFiles: rows.length });
    expect(await rowsOf(at)).toEqual(rows);
    await rename(elsewhere, path.join(at.recordings, CAMERA));
    expect(await at.recording.checkArchive()).toMatchObject({ missingFiles: 0, registered: 0 });
  });

  it('puts into quarantine what has no place: damaged, doubled, foreign, of an unknown camera', async () => {
    const at = await workstation();
    const rows = await recorded(at);
    const [first, second] = rows;
    if (!first || !second) throw new Error('too few segments');
    await at.store.write.deleteSegments([first.id]);
    await truncate(path.join(at.recordings, first.path), 900);
    const doubled = archivePath(CAMERA, second.startUs + 100_000, randomUUID());
    await copyFile(path.join(at.recordings, second.path), path.join(at.recordings, doubled));
    const stranger = randomUUID();
    const unknown = path.join(at.recordings, archivePath(stranger, second.startUs, randomUUID()));
    await mkdir(path.dirname(unknown), { recursive: true });
    await copyFile(path.join(at.recordings, second.path), unknown);
    await mkdir(path.join(at.recordings, OTHER_CAMERA), { recursive: true });
    await writeFile(path.join(at.recordings, OTHER_CAMERA, 'notes.txt'), 'mine');
    expect(await at.recording.checkArchive()).toMatchObject({
      missingFiles: 0,
      registered: 0,
      quarantined: 4,
    });
    expect((await filesIn(path.join(at.recordings, 'quarantine'))).length).toBe(4);
    expect(await rowsOf(at)).toEqual(rows.slice(1));
  });

  it('runs beside recording without taking a segment on its way for a stray', async () => {
    const at = await workstation({ settings: SHORT });
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    for (let round = 0; round < 20; round++) {
      const report = await at.recording.checkArchive();
      expect(report).toMatchObject({ missingFiles: 0, registered: 0, quarantined: 0 });
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await camera.stop();
    const numbers = await numbersOf(at);
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(videoOf(await probe(path.join(at.recordings, (await rowsOf(at))[0]?.path ?? ''))).codec_name).toBe(
      'h264',
    );
  });
});
