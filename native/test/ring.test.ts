// The ring as JavaScript sees it. What happens across processes and threads is in native/test/cpp.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createFrameRing, openFrameRing, type FrameRing, type FrameRingWriter, type RingOptions } from '..';
import { codeOf, digest, noise, nv12Bytes, ringPath } from './frame-pictures';

const open: { close(): void }[] = [];
afterEach(() => open.splice(0).forEach((one) => one.close()));

function ring(options: Partial<RingOptions> = {}): {
  path: string;
  writer: FrameRingWriter;
  reader: FrameRing;
} {
  const where = ringPath();
  const writer = createFrameRing(where, {
    cameraId: 'camera-1',
    maxPictureBytes: nv12Bytes(64, 48),
    capacity: 4,
    epoch: 3,
    ...options,
  });
  const reader = openFrameRing(where);
  open.push(writer, reader);
  return { path: where, writer, reader };
}

describe('a ring in shared memory', () => {
  it('is a file of its full size that only its owner can open, and goes with its writer (INV-28, INV-33)', () => {
    const { path: where, writer, reader } = ring();
    const { mode, size, blocks } = statSync(where);
    expect(mode & 0o777).toBe(0o600);
    expect(size).toBe(4096 + 4 * (4096 + 8192));
    // Reserved, not sparse: writing can never meet a full /dev/shm.
    expect(blocks * 512).toBeGreaterThanOrEqual(size);
    expect(reader.facts()).toMatchObject({
      cameraId: 'camera-1',
      capacity: 4,
      maxPictureBytes: nv12Bytes(64, 48),
      writerPid: process.pid,
      epoch: 3,
    });
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const startTicks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    expect(reader.facts().writerStartTicks).toBe(startTicks);
    writer.close();
    expect(existsSync(where)).toBe(false);
    expect(codeOf(() => openFrameRing(where))).toBe('NO_RING');
    expect(codeOf(() => reader.latest())).toBe('ENDED');
  });

  it('leaves the file of a ring that took its place alone', () => {
    const { path: where, writer } = ring();
    const second = createFrameRing(where, { cameraId: 'b', maxPictureBytes: 96 });
    open.push(second);
    writer.close();
    expect(openFrameRing(where).facts().cameraId).toBe('b');
  });

  it('maps nothing writable for readers (INV-26)', () => {
    const { path: where, writer } = ring();
    writer.publish(noise(64, 48, 1));
    const name = path.basename(where);
    const maps = readFileSync('/proc/self/maps', 'utf8')
      .split('\n')
      .filter((line) => line.includes(name))
      .map((line) => line.split(' ')[1]);
    // The writer's and the reader's.
    expect(maps.sort()).toEqual(['r--s', 'rw-s']);
  });

  it('leaves no half-made file and no descriptor behind', () => {
    const before = readdirSync('/proc/self/fd').length;
    const { path: where } = ring();
    expect(readdirSync('/dev/shm').filter((name) => name.startsWith(path.basename(where)))).toEqual([
      path.basename(where),
    ]);
    expect(readdirSync('/proc/self/fd').length).toBe(before);
  });
});

describe('frames', () => {
  it('come back with their pixels, times, geometry and colour (INV-20)', () => {
    const { writer, reader } = ring();
    const frame = noise(64, 48, 7);
    const before = process.hrtime.bigint();
    const id = writer.publish({ ...frame, matrix: 'bt2020', range: 'full', ptsUs: -5, wallUs: 1.7e15 });
    const info = reader.latest();
    expect(info).toEqual({
      frameId: id,
      epoch: 3,
      ptsUs: -5,
      wallUs: 1.7e15,
      monotonicNs: info.monotonicNs,
      width: 64,
      height: 48,
      matrix: 'bt2020',
      range: 'full',
    });
    expect(info.monotonicNs).toBeGreaterThanOrEqual(before);
    expect(info.monotonicNs).toBeLessThanOrEqual(process.hrtime.bigint());
    expect(digest(reader.copyPixels(id))).toBe(digest(frame.data));
    expect(reader.byId(id)).toEqual(info);
  });

  it('have ids of epoch and counter that only grow and are exact (INV-21)', () => {
    const { writer, reader } = ring();
    const first = writer.publish(noise(64, 48, 1));
    const second = writer.publish(noise(32, 16, 2));
    expect([first, second]).toEqual([3 * 2 ** 33 + 1, 3 * 2 ** 33 + 2]);
    writer.startEpoch(2 ** 20 - 1);
    const third = writer.publish(noise(64, 48, 3));
    expect(third).toBe((2 ** 20 - 1) * 2 ** 33 + 1);
    expect(Number.isSafeInteger(third)).toBe(true);
    expect(reader.facts().epoch).toBe(2 ** 20 - 1);
    expect(codeOf(() => writer.startEpoch(5))).toBe('REFUSED');
  });

  it('that are overwritten are an error and never another frame', () => {
    const { writer, reader } = ring();
    const ids = Array.from({ length: 9 }, (_, index) => writer.publish(noise(64, 48, index + 1)));
    expect(reader.latest().frameId).toBe(ids.at(-1));
    const [kept, gone] = [ids.slice(-4), ids.slice(0, -4)];
    expect(kept.map((id) => reader.byId(id).frameId)).toEqual(kept);
    for (const id of gone) {
      expect(codeOf(() => reader.byId(id))).toBe('OVERWRITTEN');
      expect(codeOf(() => reader.preprocess(id, target()))).toBe('OVERWRITTEN');
    }
  });

  it('that never were are told apart from those', () => {
    const { writer, reader } = ring();
    expect(codeOf(() => reader.latest())).toBe('NO_FRAME');
    const id = writer.publish(noise(64, 48, 1));
    expect(codeOf(() => reader.byId(id + 1))).toBe('NO_FRAME');
    expect(codeOf(() => reader.byId(0))).toBe('NO_FRAME');
    expect(() => reader.byId(1.5)).toThrow(TypeError);
  });

  it('that are old are stale, not an answer (W-48)', async () => {
    const { writer, reader } = ring();
    const id = writer.publish(noise(64, 48, 1));
    const published = reader.latest().monotonicNs;
    while (process.hrtime.bigint() - published < 20_000_000n)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(codeOf(() => reader.latest({ maxAgeMs: 15 }))).toBe('STALE');
    expect(codeOf(() => reader.byId(id, { maxAgeMs: 15 }))).toBe('STALE');
    expect(reader.latest({ maxAgeMs: Infinity }).frameId).toBe(id);
    expect(reader.preprocess(id, target())).toEqual({ x: 0, y: 1, width: 8, height: 6 });
  });

  it('that do not fit are refused and leave the ring as it was', () => {
    const { writer, reader } = ring();
    const id = writer.publish(noise(64, 48, 1));
    expect(codeOf(() => writer.publish(noise(64, 50, 2)))).toBe('REFUSED');
    expect(reader.latest().frameId).toBe(id);
    expect(() => writer.publish({ ...noise(64, 48, 1), width: 62 })).toThrow(RangeError);
  });
});

function target(width = 8, height = 8) {
  return {
    data: new Uint8Array(width * height * 3),
    width,
    height,
    layout: 'nhwc',
    order: 'rgb',
    fit: 'letterbox',
  } as const;
}

describe('files that are no ring', () => {
  function damaged(change: (bytes: Buffer) => Buffer | undefined): string {
    const { path: where } = ring();
    const copy = `${where}.damaged`;
    const bytes = readFileSync(where);
    writeFileSync(copy, change(bytes) ?? bytes);
    open.push({ close: () => rmSync(copy, { force: true }) });
    return copy;
  }

  it.each<[string, (bytes: Buffer) => Buffer | undefined]>([
    ['empty', () => Buffer.alloc(0)],
    ['short', (bytes) => bytes.subarray(0, 100)],
    ['cut off', (bytes) => bytes.subarray(0, -4096)],
    ['longer', (bytes) => Buffer.concat([bytes, Buffer.alloc(1)])],
    ['another magic', (bytes) => void bytes.writeUInt8(0x57, 0)],
    ['another version', (bytes) => void bytes.writeUInt32LE(2, 8)],
    ['no capacity', (bytes) => void bytes.writeUInt32LE(0, 16)],
    ['a huge capacity', (bytes) => void bytes.writeUInt32LE(0xffffffff, 16)],
    ['a slot size that overflows', (bytes) => void bytes.writeBigUInt64LE(2n ** 63n, 24)],
    ['a picture larger than its slot', (bytes) => void bytes.writeBigUInt64LE(2n ** 27n, 32)],
    ['no writer', (bytes) => void bytes.writeBigUInt64LE(0n, 48)],
    ['a camera id without end', (bytes) => void bytes.fill(0x41, 64, 128)],
  ])('%s', (_name, change) => {
    expect(codeOf(() => openFrameRing(damaged(change)))).toBe('BAD_RING');
  });

  it('a folder, a missing file, a relative path', () => {
    expect(codeOf(() => openFrameRing(tmpdir()))).toBe('BAD_RING');
    expect(codeOf(() => openFrameRing('/dev/shm/vas_test_none'))).toBe('NO_RING');
    expect(() => openFrameRing('shm/x')).toThrow(RangeError);
    expect(() => openFrameRing(5 as never)).toThrow(TypeError);
  });
});

describe('making a ring', () => {
  it.each<[string, Partial<RingOptions>]>([
    ['no camera', { cameraId: '' }],
    ['a long camera id', { cameraId: 'x'.repeat(64) }],
  ])('refuses %s', (_name, wrong) => {
    expect(codeOf(() => createFrameRing(ringPath(), { cameraId: 'a', maxPictureBytes: 96, ...wrong }))).toBe(
      'REFUSED',
    );
  });

  it('says that there is no room instead of dying later', () => {
    // More than any /dev/shm of a test machine has.
    const options = { cameraId: 'a', maxPictureBytes: 2 ** 28, capacity: 256 };
    const where = ringPath();
    expect(codeOf(() => createFrameRing(where, options))).toBe('NO_SPACE');
    expect(readdirSync('/dev/shm').filter((name) => name.startsWith(path.basename(where)))).toEqual([]);
  });
});
