import { execFile } from 'node:child_process';
import { mkdtemp, appendFile, readFile, rm, rmdir, statfs, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../media/testing/run';
import { shownNumbers } from '../media/testing/numbered';
import { record } from './testing/camera';
import type { Workstation } from './testing/workstation';
import { CAMERA, TEST_SETTINGS, until, workstation } from './testing/workstation';

const execute = promisify(execFile);
const MIB = 1024 * 1024;
const root = process.getuid?.() === 0;
// A disk that is really full needs a mount, and that needs root.
if (!root) process.stderr.write('skipped: tests of a full disk mount a tmpfs, which only root may do\n');

/** A disk of its own, gone after the test. */
async function smallDisk(mib: number): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-disk-'));
  await execute('mount', ['-t', 'tmpfs', '-o', `size=${String(mib)}m`, 'tmpfs', folder]);
  onTestFinished(async () => {
    // Workstations are disposed after this handler was registered, so before it runs.
    await execute('umount', ['-l', folder]);
    await rmdir(folder);
  });
  return folder;
}

/** A video of noise: about half a MiB a second, a key frame a second. */
async function noise(seconds: number): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-noise-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'noise.mp4');
  await run('ffmpeg', [
    ...[
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      `color=gray:s=320x180:r=25:d=${String(seconds)},noise=alls=100:allf=t`,
    ],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '25',
      '-b:v',
      '4M',
      '-maxrate',
      '4M',
      '-bufsize',
      '1M',
    ],
    ...['-pix_fmt', 'yuv420p', '-y', file],
  ]);
  return file;
}

const rowsOf = ({ store }: Workstation) => store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);

describe.runIf(root)('a disk that runs full', () => {
  const settings = (floorBytes: number) => ({
    ...TEST_SETTINGS,
    segmentSeconds: 1,
    retention: { maxDays: null, maxBytes: null, floorBytes },
  });

  it('is kept at its floor by giving up the oldest footage; recording goes on without a gap', async () => {
    const disk = await smallDisk(8);
    const at = await workstation({ recordings: path.join(disk, 'recordings'), settings: settings(3 * MIB) });
    const camera = await record(at.recording, { cameraId: CAMERA, video: await noise(16) });
    await camera.ended();
    expect(camera.process.exitCode).toBe(0);
    const rows = await rowsOf(at);
    const lastUs = rows.at(-1)?.endUs ?? 0;
    expect(lastUs - camera.startUs).toBeGreaterThan(15.9e6);
    expect((rows[0]?.startUs ?? 0) - camera.startUs).toBeGreaterThan(3e6);
    rows.forEach((row, index) => {
      if (index > 0) expect(row.startUs - (rows[index - 1]?.endUs ?? 0)).toBeLessThan(2000);
    });
    expect((await statfs(disk)).bavail * (await statfs(disk)).bsize).toBeGreaterThan(2 * MIB);
  });

  it('by somebody else loses no footage on it, refuses to start, and resumes when there is space', async () => {
    const disk = await smallDisk(8);
    const at = await workstation({ recordings: path.join(disk, 'recordings'), settings: settings(MIB) });
    const video = await noise(8);
    const camera = await record(at.recording, { cameraId: CAMERA, video });
    await until('a segment', async () => (await rowsOf(at)).length >= 2);
    const foreign = path.join(disk, 'foreign');
    const fill = async () => {
      const { bavail, bsize } = await statfs(disk);
      await appendFile(foreign, Buffer.alloc(bavail * bsize)).catch(() => undefined);
    };
    await fill();
    await camera.ended();
    // All older footage was given up for the sake of going on; what FFmpeg could still write is readable.
    for (const row of await rowsOf(at)) {
      const file = path.join(disk, 'recordings', row.path);
      expect((await readFile(file)).length).toBe(row.bytes);
      await shownNumbers(file);
    }
    // As long as giving up footage makes room it goes on; the foreign file takes that room, too.
    let refusal: unknown = null;
    for (let attempt = 0; attempt < 10 && refusal === null; attempt++) {
      await fill();
      try {
        const further = await record(at.recording, { cameraId: CAMERA, video });
        await further.stop();
      } catch (error) {
        refusal = error;
      }
    }
    expect(refusal).toMatchObject({ kind: 'unavailable', details: { code: 'storage' } });
    await unlink(foreign);
    const freedUs = Date.now() * 1000;
    const again = await record(at.recording, { cameraId: CAMERA, video });
    await until(
      'recording again',
      async () => (await rowsOf(at)).some((row) => row.runId === again.runId),
      10,
    );
    expect(Date.now() * 1000 - freedUs).toBeLessThan(10e6);
    await again.stop();
    await until('everything registered', async () => (await at.recording.stats()).pending === 0);
  });
});
