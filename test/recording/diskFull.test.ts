import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../main/base/clock';
import { silentLogger } from '../../main/base/logger';
import { createIngest } from '../../main/kernel/ingest/ingest';
import { FootageLocks } from '../../main/kernel/recording/locks/footageLocks';
import { CAMERA, TEST_SETTINGS, until, workstation } from '../../main/kernel/recording/testing/workstation';
import type { SegmentRow } from '../../main/store/types';
import { startCodedClock } from '../../scripts/cameras/codedClock';
import type { CodedPicture } from '../../scripts/cameras/codedPicture';
import { CODED_NUMBERS } from '../../scripts/cameras/codedPicture';
import { readCodedPictures } from '../../scripts/cameras/codedFile';
import { DiskVolume } from '../../scripts/soak/diskVolume';
import { LiveReceiver } from '../ingest/support';

const SEGMENT_SECONDS = 4;
const S = 1e6;
const FPS = 10;

/** A file system of its own, gone with the test; null where none may be mounted. */
async function ownDisk(): Promise<{ folder: string; volume: DiskVolume } | null> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-full-'));
  const volume = await DiskVolume.mount(folder);
  onTestFinished(async () => {
    await volume?.remove();
    await rm(folder, { recursive: true, force: true });
  });
  return volume && { folder, volume };
}

/** A recorded camera whose pictures say when they were made; its footage must stay, so that none is given up for room. */
async function recorded(folder: string) {
  const recordings = path.join(folder, 'recordings');
  await mkdir(recordings);
  const at = await workstation({
    recordings,
    settings: { ...TEST_SETTINGS, segmentSeconds: SEGMENT_SECONDS },
  });
  const clock = await startCodedClock({ width: 640, height: 352, fps: FPS, gop: FPS, kbps: 600 });
  onTestFinished(() => clock.stop());
  const nowUs = Date.now() * 1000;
  await new FootageLocks(at.store, systemClock).create(
    {
      ...{ source: 'range', sourceId: null, cameraIds: [CAMERA] },
      ...{ startUs: nowUs - 3600 * S, endUs: nowUs + 3600 * S },
    },
    'evidence',
    null,
  );
  const ingest = createIngest({
    ...{ ffmpegPath: 'ffmpeg', clock: systemClock, log: silentLogger(), live: new LiveReceiver() },
    recording: at.recording,
    onInfo: () => undefined,
  });
  onTestFinished(() => ingest.dispose());
  ingest.start({
    ...{ streamId: CAMERA, cameraId: CAMERA, info: null },
    endpoint: () => Promise.resolve({ url: clock.url, transport: 'tcp', credentials: null }),
  });
  const rows = () => at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
  /** The pictures of a file; every code is whole. */
  const picturesOf = async ({ path: name, bytes, sha256 }: SegmentRow) => {
    const file = path.join(recordings, name);
    const content = await readFile(file);
    expect(content.length, name).toBe(bytes);
    expect(createHash('sha256').update(content).digest('hex'), name).toBe(sha256);
    const pictures = await readCodedPictures('ffmpeg', file);
    expect(pictures.length, name).toBeGreaterThan(0);
    return pictures.map((picture) => {
      expect(picture, `a damaged picture in ${name}`).not.toBeNull();
      return picture ?? { madeAtMs: 0, number: 0 };
    });
  };
  return { at, ingest, rows, picturesOf };
}

it.each([0.25, 0.9])(
  'AR-10: a disk that is full %f of a segment after the last one costs no more than one segment, damages nothing, and recording resumes by itself',
  async (part) => {
    const disk = await ownDisk();
    if (disk === null) {
      process.stderr.write('skipped: a disk that is full is a tmpfs of its own, which only root may mount\n');
      return;
    }
    const { at, ingest, rows, picturesOf } = await recorded(disk.folder);
    await until('three segments', async () => (await rows()).length >= 3, 120);
    const { length } = await rows();
    await until('the next one', async () => (await rows()).length > length, 60);
    await delay(part * SEGMENT_SECONDS * 1000);
    const before = await rows();

    await disk.volume.fill();
    const fullAtMs = Date.now();
    const fault = () => ingest.status(CAMERA)?.fault?.code ?? null;
    await until('it is noticed', () => fault() === 'storage', 60);
    await until('all is settled', async () => (await at.recording.stats()).pending === 0, 30);
    const kept = await rows();
    expect(kept.slice(0, before.length), 'nothing is given up or changed').toEqual(before);
    const pictures = (await Promise.all(kept.map(picturesOf))).flat();
    // By their numbers: a camera that is starved sends them late, and none of them is missing.
    const next = ({ number }: CodedPicture) => (number + 1) % CODED_NUMBERS;
    expect(pictures.slice(1).map(({ number }) => number)).toEqual(pictures.slice(0, -1).map(next));
    const lostMs = fullAtMs - (pictures.at(-1)?.madeAtMs ?? 0);
    process.stderr.write(`the disk was full: ${String(lostMs)} ms of footage from before are lost\n`);
    expect(lostMs, 'footage from before that is lost').toBeLessThanOrEqual(SEGMENT_SECONDS * 1000);

    await disk.volume.empty();
    const roomAtMs = Date.now();
    const runs = new Set(kept.map(({ runId }) => runId));
    const again = async () => (await rows()).filter(({ runId }) => !runs.has(runId));
    await until('it is recorded again', async () => (await again()).length >= 2, 120);
    expect(fault()).toBeNull();
    await ingest.stop(CAMERA);
    const resumed = (await Promise.all((await again()).map(picturesOf))).flat();
    const waitedMs = (resumed[0]?.madeAtMs ?? 0) - roomAtMs;
    process.stderr.write(`there is room: recorded again after ${String(waitedMs)} ms\n`);
    expect(waitedMs).toBeLessThan(30_000);
    // What was there is still there, byte for byte.
    expect((await rows()).filter(({ runId }) => runs.has(runId))).toEqual(kept);
    expect((await Promise.all(kept.map(picturesOf))).flat()).toEqual(pictures);
  },
  400_000,
);
