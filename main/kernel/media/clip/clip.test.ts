import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NumberedVideo } from '../testing/numbered';
import { makeNumberedVideo, shownNumbers } from '../testing/numbered';
import { probe, videoOf } from '../testing/probe';
import { cutIntoSegments } from '../testing/segments';
import { mediaOperations } from '../worker/operations';
import type { ClipPiece } from './writeClip';
import { writeClip } from './writeClip';

let folder: string;
let clips = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-clip-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** FFmpeg's time base of these files is 1/12800 s. */
const ONE_TICK_US = 79;
const START = 1_800_000_000_000_000;
const kinds: Record<string, NumberedVideo> = {
  'H.264': { seconds: 9 },
  'H.264 with audio': { seconds: 9, audio: true },
  'H.264 with B-frames': { seconds: 9, bFrames: 2 },
  'H.264 with B-frames and audio': { seconds: 9, bFrames: 2, audio: true },
  HEVC: { seconds: 9, codec: 'hevc', size: '320x180' },
  'HEVC with B-frames': { seconds: 9, codec: 'hevc', bFrames: 3 },
};

/** Pieces whose first picture (number 0) was taken at START, 25 pictures a second. */
async function record(name: string, video: NumberedVideo): Promise<ClipPiece[]> {
  const slug = name.replace(/\W+/g, '-');
  const source = path.join(folder, `${slug}.mp4`);
  await makeNumberedVideo(source, video);
  const listed = await cutIntoSegments(source, path.join(folder, `${slug}-%05d.mp4`), 4);
  const second = listed[1];
  const number = second ? (await shownNumbers(path.join(folder, second.file)))[0] : undefined;
  // FFmpeg counts from the first packet, which may be audio or be decoded long before it is shown.
  const lead = second && number !== undefined ? second.startSeconds - number * 0.04 : 0;
  return listed.map((segment, index) => ({
    file: path.join(folder, segment.file),
    startUs:
      START +
      Math.round(
        (firstPictureSeconds(index, segment.startSeconds, path.join(folder, segment.file)) - lead) * 1e6,
      ),
    endUs: START + Math.round((segment.endSeconds - lead) * 1e6),
    open: false,
  }));
}

/** FFmpeg lists the first segment as starting at 0, later ones at their first picture. */
function firstPictureSeconds(index: number, listedStart: number, file: string): number {
  const { video } = mediaOperations.examine(file, 0);
  return index === 0 && video?.firstPts != null ? video.firstPts / video.timescale : listedStart;
}

function cut(pieces: readonly ClipPiece[], from: number, to: number) {
  const target = path.join(folder, `clip-${String(clips++)}.mp4`);
  const fromUs = START + Math.round(from * 1e6);
  const toUs = START + Math.round(to * 1e6);
  const result = writeClip({ pieces, fromUs, toUs, anchorUs: (fromUs + toUs) / 2, target });
  return { target, result };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

describe.each(Object.keys(kinds))('a clip of %s', (name) => {
  let pieces: ClipPiece[];

  beforeAll(async () => {
    pieces = await record(name, kinds[name] ?? { seconds: 1 });
    expect(pieces.length).toBe(3);
  });

  it.each([
    ['inside one segment, away from key frames', 1.2, 3.2, range(30, 80)],
    ['from a key frame', 2, 3, range(50, 75)],
    ['over three segments', 3.4, 8.6, range(85, 215)],
    ['from between two pictures: the one that is shown then', 1.219, 2.2, range(30, 55)],
    ['that asks for more than there is', -5, 50, range(0, 225)],
    ['of one picture', 5.0, 5.01, [125]],
  ])('%s shows exactly the pictures asked for', async (_title, from, to, expected) => {
    const { target, result } = cut(pieces, from, to);
    expect(await shownNumbers(target)).toEqual(expected);
    const start = START + (expected[0] ?? 0) * 40_000;
    expect(result.startUs).toBe(expected[0] === 0 ? pieces[0]?.startUs : start);
    const end = Math.min(START + Math.round(to * 1e6), pieces[2]?.endUs ?? 0);
    expect(Math.abs(result.endUs - end)).toBeLessThan(ONE_TICK_US);
    expect(result.seconds).toBeCloseTo((result.endUs - result.startUs) / 1e6, 3);
    const probed = await probe(target);
    expect(Number(probed.format.duration)).toBeCloseTo(result.seconds, 1);
    expect(Number(videoOf(probed).start_time)).toBe(0);
    expect((await stat(target)).size).toBe(result.bytes);
    expect((await stat(target)).mode & 0o777).toBe(0o600);
  });

  it('closes up a missing segment and says so by its length', async () => {
    const [first, , third] = pieces;
    if (!first || !third) throw new Error('too few segments');
    const { target, result } = cut([first, third], 3, 8.6);
    const firstEnd = ((await shownNumbers(first.file)).at(-1) ?? 0) + 1;
    const thirdStart = Math.round((third.startUs - START) / 40_000);
    expect(await shownNumbers(target)).toEqual([...range(75, firstEnd), ...range(thirdStart, 215)]);
    expect(result.startUs).toBe(START + 75 * 40_000);
    expect(Math.abs(result.endUs - (START + 8_600_000))).toBeLessThan(ONE_TICK_US);
    // Where GOPs are open, the last picture stays until the first one that can be decoded without it.
    const seconds = (firstEnd - 75 + 215 - thirdStart) * 0.04;
    expect(Math.abs(result.seconds - seconds)).toBeLessThan(name === 'HEVC with B-frames' ? 0.041 : 0.001);
  });

  it('is what players want: index in front, H.265 as hvc1, audio as long as the video', async () => {
    const { target, result } = cut(pieces, 1.2, 6.2);
    const probed = await probe(target, 'frames');
    if (name.startsWith('HEVC')) expect(videoOf(probed).codec_tag_string).toBe('hvc1');
    expect(Number(videoOf(probed).nb_read_frames)).toBe(125);
    const audio = probed.streams.find((stream) => stream.codec_type === 'audio');
    expect(audio !== undefined).toBe(name.includes('audio'));
    if (audio) expect(Number(audio.duration)).toBeCloseTo(result.seconds, 1);
    const bytes = await readFile(target);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });
});

describe('writing a clip', () => {
  it('refuses when there is no footage, and leaves nothing behind', async () => {
    const pieces = await record('refused', { seconds: 2 });
    const before = await readdir(folder);
    expect(() => cut(pieces, 100, 106)).toThrow(/no footage/);
    expect(() => cut([], 0, 6)).toThrow(/no footage/);
    expect(await readdir(folder)).toEqual(before);
  });

  it('keeps to one format where the camera changed it', async () => {
    const before = await record('before', { seconds: 3 });
    const after = (await record('after', { seconds: 3, size: '160x90' })).map((piece) => ({
      ...piece,
      startUs: piece.startUs + 3_000_000,
      endUs: piece.endUs + 3_000_000,
    }));
    const { target, result } = cut([...before, ...after], 1, 4.5);
    expect(result.leftOut).toBe(1);
    expect(videoOf(await probe(target)).width).toBe(320);
    expect(await shownNumbers(target)).toEqual(range(25, 75));
    expect(result.endUs).toBe(START + 3_000_000);
  });

  it('leaves audio out where only part of the footage has it', async () => {
    const silent = await record('silent', { seconds: 3 });
    const loud = (await record('loud', { seconds: 3, audio: true })).map((piece) => ({
      ...piece,
      startUs: piece.startUs + 3_000_000,
      endUs: piece.endUs + 3_000_000,
    }));
    const { target } = cut([...silent, ...loud], 1, 4);
    expect((await probe(target)).streams.map((stream) => stream.codec_type)).toEqual(['video']);
    expect(await shownNumbers(target)).toEqual([...range(25, 75), ...range(0, 25)]);
  });
});
