import { copyFile, mkdtemp, open, readFile, rm, truncate } from 'node:fs/promises';
import { closeSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VasError } from '../../../base/errors';
import type { NumberedVideo } from '../testing/numbered';
import { makeNumberedVideo } from '../testing/numbered';
import { packetsOf, probe, videoOf } from '../testing/probe';
import { cutIntoSegments } from '../testing/segments';
import { fileBytes, memoryBytes } from './bytes';
import { fileFacts, samplesOf, videoTrack } from './facts';
import type { Scan } from './scan';
import { scanFragments } from './scan';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-fmp4-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function scanFile(file: string): { scan: Scan; size: number } {
  const fd = openSync(file, 'r');
  try {
    const source = fileBytes(fd);
    return { scan: scanFragments(source), size: source.size };
  } finally {
    closeSync(fd);
  }
}

const kinds: Record<string, NumberedVideo> = {
  'H.264': { seconds: 5 },
  'H.264 with audio': { seconds: 5, audio: true },
  'H.264 with B-frames and audio': { seconds: 5, bFrames: 2, audio: true },
  HEVC: { seconds: 3, codec: 'hevc' },
  'HEVC with B-frames': { seconds: 3, codec: 'hevc', bFrames: 2 },
};

async function segmentsOf(name: string): Promise<string[]> {
  const video = kinds[name];
  if (!video) throw new Error(name);
  const slug = name.replace(/\W+/g, '-');
  const source = path.join(folder, `${slug}.mp4`);
  await makeNumberedVideo(source, video);
  const listed = await cutIntoSegments(source, path.join(folder, `${slug}-%05d.mp4`), 2);
  return listed.map((segment) => path.join(folder, segment.file));
}

describe.each(Object.keys(kinds))('a recording of %s', (name) => {
  let files: string[];

  beforeAll(async () => {
    files = await segmentsOf(name);
  });

  it('has the packets, key frames and times that ffprobe sees', async () => {
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const { scan, size } = scanFile(file);
      const track = videoTrack(scan);
      if (!track) throw new Error('no video track');
      const ours = samplesOf(scan, track);
      const theirs = await packetsOf(file);
      expect(ours.map(({ pts, dts, sync }) => ({ pts, dts, sync }))).toEqual(
        theirs.map(({ pts, dts, flags }) => ({ pts, dts, sync: flags.startsWith('K') })),
      );
      const facts = fileFacts(scan, size);
      const probed = await probe(file);
      expect(facts.tail).toBeNull();
      expect(facts.wholeEnd).toBe(size);
      expect(facts.video?.samples).toBe(Number(videoOf(probed).nb_read_packets));
      expect(facts.video?.codec).toBe(videoOf(probed).codec_name);
      expect(facts.video?.width).toBe(videoOf(probed).width);
      expect(facts.video?.height).toBe(videoOf(probed).height);
      expect(facts.video?.compositionOffsets).toBe(name.includes('B-frames'));
      if (facts.video?.firstPts == null) throw new Error('no key frame');
      const { endPts, firstPts, timescale } = facts.video;
      // FFmpeg's duration of pictures that are shown out of order is an estimate.
      if (!facts.audio && !name.includes('B-frames'))
        expect((endPts - firstPts) / timescale).toBeCloseTo(Number(probed.format.duration), 2);
      const audio = probed.streams.find((stream) => stream.codec_type === 'audio');
      expect(facts.audio?.codec ?? null).toBe(audio?.codec_name ?? null);
      expect(facts.audio?.samples ?? 0).toBe(Number(audio?.nb_read_packets ?? 0));
    }
  });

  it('is read up to the last whole fragment wherever it is cut, and then without complaint', async () => {
    const [file = ''] = files;
    const whole = scanFile(file);
    const cut = path.join(folder, 'cut.mp4');
    for (let step = 1; step < 12; step++) {
      const length = Math.floor((whole.size * step) / 12);
      await copyFile(file, cut);
      await truncate(cut, length);
      const { scan } = scanFile(cut);
      const expected = whole.scan.fragments.filter((fragment) => fragment.end <= length);
      expect(scan.fragments).toEqual(expected);
      expect(scan.wholeEnd).toBe(expected.at(-1)?.end ?? scan.initEnd);
      if (expected.length === 0) continue;
      await truncate(cut, scan.wholeEnd);
      const probed = await probe(cut, 'frames');
      expect(Number(videoOf(probed).nb_read_frames)).toBe(
        expected.flatMap((fragment) => fragment.samples).filter((s) => s.trackId === videoTrack(scan)?.id)
          .length,
      );
    }
  });

  it('gives the same when read in two goes', () => {
    for (const file of files) {
      const { scan } = scanFile(file);
      const middle = scan.fragments[Math.floor(scan.fragments.length / 2)];
      if (!middle) throw new Error('no fragments');
      const fd = openSync(file, 'r');
      const rest = scanFragments(fileBytes(fd), middle.start);
      closeSync(fd);
      expect(rest.fragments).toEqual(scan.fragments.filter((fragment) => fragment.start >= middle.start));
      expect(rest.wholeEnd).toBe(scan.wholeEnd);
    }
  });

  it('survives any damage: fewer fragments perhaps, never a crash', async () => {
    const [file = ''] = files;
    const original = (await readFile(file)).subarray(0, 40_000);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.nat(original.length),
        (changes, length) => {
          const bytes = Buffer.from(original.subarray(0, length));
          for (const [at, value] of changes) if (at < length) bytes[at] = value;
          harmless(bytes);
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Whatever the bytes: no exception but VasError, and what is found lies inside them. */
function harmless(bytes: Buffer): void {
  try {
    const scan = scanFragments(memoryBytes(bytes));
    fileFacts(scan, bytes.length);
    expect(scan.wholeEnd).toBeLessThanOrEqual(bytes.length);
    for (const fragment of scan.fragments) {
      expect(fragment.end).toBeLessThanOrEqual(bytes.length);
      for (const sample of fragment.samples)
        expect(sample.offset + sample.size).toBeLessThanOrEqual(fragment.end);
    }
  } catch (error) {
    expect(error).toBeInstanceOf(VasError);
  }
}

describe('the reader of fragmented MP4', () => {
  it('finds nothing in garbage and ends', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => harmless(Buffer.from(bytes))));
  });

  it('finds nothing in boxes that claim impossible sizes', () => {
    const box = fc.tuple(
      fc.constantFrom(0, 1, 7, 8, 9, 16, 0x7fffffff, 0xffffffff),
      fc.constantFrom('ftyp', 'moov', 'moof', 'mdat', 'traf', 'trun', 'free', 'trak'),
      fc.uint8Array({ maxLength: 64 }),
    );
    fc.assert(
      fc.property(fc.array(box, { maxLength: 20 }), (boxes) => {
        const parts = boxes.map(([size, type, body]) => {
          const header = Buffer.alloc(8);
          header.writeUInt32BE(size, 0);
          header.write(type, 4, 'latin1');
          return Buffer.concat([header, body]);
        });
        harmless(Buffer.concat(parts));
      }),
    );
  });

  it('calls an empty file and a file of zeros unusable', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(5000)]) {
      const scan = scanFragments(memoryBytes(bytes));
      expect(scan.init).toBeNull();
      expect(scan.tail).not.toBeNull();
    }
  });

  it('ignores zeros that a power cut left at the end', async () => {
    const source = path.join(folder, 'zeros-source.mp4');
    await makeNumberedVideo(source, { seconds: 2 });
    const [segment] = await cutIntoSegments(source, path.join(folder, 'zeros-%05d.mp4'), 10);
    const file = path.join(folder, segment?.file ?? '');
    const before = scanFile(file);
    const handle = await open(file, 'a');
    await handle.write(Buffer.alloc(100_000));
    await handle.close();
    const after = scanFile(file);
    expect(after.scan.fragments).toEqual(before.scan.fragments);
    expect(after.scan.wholeEnd).toBe(before.size);
    expect(after.scan.tail).not.toBeNull();
  });

  it('ends where another file begins', async () => {
    const source = path.join(folder, 'twice-source.mp4');
    await makeNumberedVideo(source, { seconds: 2 });
    const [segment] = await cutIntoSegments(source, path.join(folder, 'twice-%05d.mp4'), 10);
    const bytes = await readFile(path.join(folder, segment?.file ?? ''));
    const once = scanFragments(memoryBytes(bytes));
    const twice = scanFragments(memoryBytes(Buffer.concat([bytes, bytes])));
    expect(twice.fragments).toEqual(once.fragments);
    expect(twice.wholeEnd).toBe(bytes.length);
    expect(twice.tail).toBe('a second ftyp box');
  });

  it('calls an ordinary MP4 file unusable: it has no fragments', async () => {
    const file = path.join(folder, 'plain.mp4');
    await makeNumberedVideo(file, { seconds: 1 });
    const { scan, size } = scanFile(file);
    expect(fileFacts(scan, size).video).toBeNull();
  });
});
