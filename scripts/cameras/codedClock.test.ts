import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { CodedClock } from './codedClock';
import { startCodedClock } from './codedClock';
import { CODE_COLUMNS, CODE_ROWS, CODED_NUMBERS, decodePicture } from './codedPicture';
import { readCodedPictures } from './codedFile';

const run = promisify(execFile);

/** The 64 squares as the camera's own program makes them, 0 or 255 each. */
async function squaresFromCamera(milliseconds: number, number: number): Promise<number[]> {
  const program = `from coded_clock import coded_bits; print(format(coded_bits(${milliseconds}, ${number}), "064b"))`;
  const { stdout } = await run('/usr/bin/python3', ['-c', program], { cwd: path.resolve('scripts/cameras') });
  return [...stdout.trim()].map((bit) => (bit === '1' ? 255 : 0));
}

describe('the coded picture', () => {
  it('is read as the camera wrote it', async () => {
    for (const [milliseconds, number] of [
      [1_795_234_567_890, 0],
      [1, 1],
      [2 ** 44 - 1, 3599],
    ] as const)
      expect(decodePicture(await squaresFromCamera(milliseconds, number))).toEqual({
        madeAtMs: milliseconds,
        number,
      });
  });

  it('is refused when any one square is wrong', async () => {
    const squares = await squaresFromCamera(1_795_234_567_890, 1234);
    for (let index = 0; index < CODE_COLUMNS * CODE_ROWS; index++) {
      const damaged = squares.with(index, 255 - (squares[index] ?? 0));
      expect(decodePicture(damaged), `square ${index}`).toBeNull();
    }
  });

  it('is not seen in a black, grey or short picture', () => {
    expect(decodePicture(new Uint8Array(64))).toBeNull();
    expect(decodePicture(new Uint8Array(64).fill(128))).toBeNull();
    expect(decodePicture([])).toBeNull();
  });
});

describe('the coded clock camera', () => {
  let clock: CodedClock | undefined;
  let folder: string | undefined;
  afterEach(async () => {
    await clock?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  it('sends pictures that were made now, in order, with a key frame first', async () => {
    clock = await startCodedClock({ width: 640, height: 360, fps: 15, gop: 15, kbps: 600 });
    folder = await mkdtemp(path.join(tmpdir(), 'vas-clock-'));
    const file = path.join(folder, 'clock.mp4');
    const before = Date.now();
    await run('ffmpeg', [
      ...['-nostdin', '-v', 'error', '-y', '-rtsp_transport', 'tcp', '-i', clock.url],
      ...['-c', 'copy', '-t', '3', file],
    ]);
    const pictures = await readCodedPictures('ffmpeg', file);
    expect(pictures.length).toBeGreaterThan(15);
    expect(pictures.every((picture) => picture !== null)).toBe(true);
    const [first] = pictures;
    expect(first?.number ?? -1).toSatisfy((number: number) => number % 15 === 0);
    pictures.forEach((picture, index) => {
      if (index > 0) {
        // In order; the camera leaves a picture out when the machine is too busy to make it in time.
        const step =
          ((picture?.number ?? 0) - (pictures[index - 1]?.number ?? 0) + CODED_NUMBERS) % CODED_NUMBERS;
        expect(step).toBeGreaterThanOrEqual(1);
        expect(step).toBeLessThan(15);
      }
      expect(picture?.madeAtMs ?? 0).toBeGreaterThan(before - 5_000);
      expect(picture?.madeAtMs ?? 0).toBeLessThanOrEqual(Date.now());
    });
    const delays = await clock.encodeDelays();
    expect(delays.length).toBeGreaterThan(15);
    expect(Math.min(...delays)).toBeGreaterThan(0);
  });
});
