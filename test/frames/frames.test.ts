// The whole way of frames with a real camera: ingest, hand-over, decoder, tap, ring.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FrameExport } from '../../main/kernel/frames/frameExport';
import { openFrameRing } from '../../native';
import { startCameraServer, type CameraServer } from '../../scripts/cameras/camera';
import { startCodedClock, type CodedClockOptions } from '../../scripts/cameras/codedClock';
import { h264, h265, mjpeg } from '../../scripts/cameras/launches';
import { Bench, children, openDescriptors, until } from '../ingest/support';
import { readCode } from './codedFrame';
import { createFrames, decodedPictures, ringFiles, threads, watch } from './support';

const size = { width: 320, height: 180, kbps: 300, fps: 15 } as const;
let server: CameraServer;
let frames: FrameExport;
let bench: Bench;

beforeAll(async () => {
  server = await startCameraServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  frames = await createFrames();
  bench = await Bench.create(undefined, { frames });
});
afterEach(async () => {
  await bench.dispose();
  await frames.dispose();
  expect(await children()).toBe(0);
  expect(await ringFiles()).toEqual([]);
  expect(await threads()).not.toContain('vas-tap');
});

const status = () => frames.status(Bench.id);

describe('frames of a real camera', () => {
  it.each([
    ['H.264', h264({ ...size, profile: 'high' })],
    ['H.265', h265(size)],
    // RTP tells the size of Motion JPEG in steps of 8 pixels.
    ['Motion JPEG', mjpeg({ ...size, height: 176 })],
  ])(
    'INV-22, INV-23: %s: are the pictures of its recording, with their time and size, in order',
    async (_name, launch) => {
      await server.mount({ path: '/cam', launch });
      bench.start(server.url('/cam'));
      const watching = watch(frames);
      const subscription = frames.subscribeFrames(Bench.id, { fps: 30 });
      await bench.reaches('running');
      await until('40 frames', () => watching.seen.length >= 40);
      subscription.dispose();
      await until('the decoder is gone', async () => (await children()) === 1);
      const media = Math.max(...watching.seen.map((frame) => frame.ptsUs / 1e6));
      await bench.records(media + 1);
      await bench.ingest.stop(Bench.id);

      const run = bench.recorder.runs.at(-1);
      const recorded = new Map<string, number[]>();
      const files = await bench.recorder.files();
      for (const [index, file] of files.entries()) {
        const begin = run?.segments[index]?.startSeconds ?? NaN;
        for (const { seconds, md5 } of await decodedPictures(file))
          recorded.set(md5, [...(recorded.get(md5) ?? []), begin + seconds]);
      }
      const { seen } = watching;
      for (const frame of seen) {
        expect(frame).toMatchObject({ width: 320, range: 'limited', cameraId: Bench.id });
        const times = recorded.get(frame.md5) ?? [];
        // The very pixels, at the very time of the recording (INV-22, INV-23).
        expect(times.length).toBeGreaterThan(0);
        expect(Math.min(...times.map((time) => Math.abs(time - frame.ptsUs / 1e6)))).toBeLessThan(0.001);
        // The recording's wall clock, and soon after the camera made it.
        expect(Math.abs(frame.wallUs - (run?.start.clock.wallUsAt(frame.ptsUs / 1e6) ?? NaN))).toBeLessThan(
          50_000,
        );
        expect(frame.atUs - frame.wallUs).toBeLessThan(2_000_000);
      }
      const ids = seen.map((frame) => frame.frameId);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      expect(new Set(ids).size).toBe(ids.length);
      const steps = seen.slice(1).map((frame, index) => frame.ptsUs - (seen[index]?.ptsUs ?? NaN));
      expect(Math.min(...steps)).toBeGreaterThan(0);
    },
  );

  it.each([
    ['pictures alone', {}],
    ['pictures and sound', { audio: 'pcma' }],
  ] as const)(
    '%s: the time stamp of a frame is that of its RTP packets, counted from the first one of the run',
    async (_name, more) => {
      await server.mount({ path: '/cam', launch: h264({ ...size, ...more }) });
      bench.start(server.url('/cam'));
      const watching = watch(frames);
      frames.subscribeFrames(Bench.id, { fps: 30 });
      await until('30 frames', () => watching.seen.length >= 30);
      const { timestamps } = bench.live;
      const [first = NaN] = timestamps;
      const differences = watching.seen.map((frame) => {
        const ticks = Math.round((frame.ptsUs * 9) / 100);
        // Of the nearest RTP time stamp, in ticks of 90 kHz.
        const wanted = (first + ticks) % 2 ** 32;
        return Math.min(...[...timestamps].map((stamp) => Math.abs(stamp - wanted)));
      });
      expect(Math.max(...differences)).toBeLessThanOrEqual(1);
    },
  );

  it('the decoder gives twice what is wanted and is paced anew without touching the ingest', async () => {
    await server.mount({ path: '/cam', launch: h264({ ...size, fps: 30, gopSeconds: 1 }) });
    bench.start(server.url('/cam'));
    await bench.reaches('running');
    const ingestPid = bench.ingest.status(Bench.id)?.pid;
    expect(await children()).toBe(1);
    const slow = frames.subscribeFrames(Bench.id, { fps: 2 });
    await until('frames come', () => (status()?.published ?? 0) > 0);
    expect(status()).toMatchObject({ rate: 4, phase: expect.stringMatching(/starting|running/) as string });
    await until('the rate is known', () => status()?.fps != null);
    await until('four a second', () => Math.abs((status()?.fps ?? 0) - 4) <= 1);

    const decoder = status()?.decoderPid;
    const fast = frames.subscribeFrames(Bench.id, { fps: 10 });
    await until('a new decoder', () => status()?.decoderPid !== decoder && (status()?.published ?? 0) > 0);
    expect(status()?.rate).toBe(20);
    await until('twenty a second', () => Math.abs((status()?.fps ?? 0) - 20) <= 2);
    const epoch = status()?.epoch ?? 0;
    fast.dispose();
    slow.dispose();
    await until('no decoder', async () => (await children()) === 1);
    expect(status()).toBeNull();
    expect(await ringFiles()).toEqual([]);

    const again = frames.subscribeFrames(Bench.id, { fps: 1 });
    await until('frames come again', () => (status()?.published ?? 0) > 0);
    expect(status()?.epoch).toBeGreaterThan(epoch);
    again.dispose();
    expect(bench.ingest.status(Bench.id)?.pid).toBe(ingestPid);
    expect(bench.recorder.runs.length).toBe(1);
  });

  it('after a stop and a start of the stream frames are told at once, and nothing of the old ring is kept', async () => {
    await server.mount({ path: '/cam', launch: h264(size) });
    bench.start(server.url('/cam'));
    const watching = watch(frames);
    const subscription = frames.subscribeFrames(Bench.id, { fps: 15 });
    await until('60 frames', () => watching.seen.length >= 60);
    const isMapped = () => readFileSync('/proc/self/maps', 'utf8').includes(Bench.id);
    expect(isMapped()).toBe(true);
    await bench.ingest.stop(Bench.id);
    await until('the ring is let go of', () => !isMapped());
    const before = watching.seen.length;
    bench.start(server.url('/cam'));
    await until('frames are told', () => watching.seen.length > before + 5);
    const ids = watching.seen.map((frame) => frame.frameId);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(watching.seen.at(-1)?.epoch).toBeGreaterThan(watching.seen[before - 1]?.epoch ?? Infinity);
    // Not only when the new frames had outnumbered the old.
    expect(status()?.published).toBeLessThan(60);
    subscription.dispose();
  });

  it('INV-14, INV-24, INV-33: with nobody asking there is a port and nothing else, and nothing is left after a stop', async () => {
    await server.mount({ path: '/cam', launch: h264(size) });
    const descriptors = await openDescriptors();
    bench.start(server.url('/cam'));
    await bench.reaches('running');
    expect(await threads()).not.toContain('vas-tap');
    expect(await ringFiles()).toEqual([]);
    const subscription = frames.subscribeFrames(Bench.id, { fps: 5 });
    const another = frames.subscribeFrames(Bench.id, { fps: 3 });
    await until('frames come', () => (status()?.published ?? 0) > 3);
    expect((await threads()).filter((name) => name === 'vas-tap')).toHaveLength(1);
    expect(await ringFiles()).toHaveLength(1);
    await bench.ingest.stop(Bench.id);
    expect(await ringFiles()).toEqual([]);
    expect(status()).toMatchObject({ phase: 'waiting', decoderPid: null });
    subscription.dispose();
    another.dispose();
    await until('descriptors are closed', async () => (await openDescriptors()) <= descriptors);
  });
});

describe('a decoder in trouble', () => {
  async function running() {
    await server.mount({ path: '/cam', launch: h264({ ...size, gopSeconds: 1 }) });
    bench.start(server.url('/cam'));
    await bench.reaches('running');
    const subscription = frames.subscribeFrames(Bench.id, { fps: 15 });
    await until('frames come', () => (status()?.published ?? 0) > 5);
    return {
      subscription,
      ingestPid: bench.ingest.status(Bench.id)?.pid,
      decoderPid: status()?.decoderPid ?? 0,
    };
  }

  /** Live view and recording went on as if nothing had happened. */
  function videoIsWhole(ingestPid: number | null | undefined) {
    expect(bench.ingest.status(Bench.id)).toMatchObject({ pid: ingestPid, phase: 'running', reconnects: 0 });
    expect(bench.recorder.runs.length).toBe(1);
    const { sequences } = bench.live;
    expect(sequences).toEqual(sequences.map((_, index) => (1000 + index) & 0xffff));
  }

  it.each([['stopped', 'SIGSTOP'] as const, ['killed', 'SIGKILL'] as const])(
    'INV-01, INV-05, INV-25: %s: is replaced, and video does not notice',
    async (_name, signal) => {
      const { subscription, ingestPid, decoderPid } = await running();
      const media = bench.recorder.runs.at(-1)?.media ?? 0;
      const packets = bench.live.packets;
      process.kill(decoderPid, signal);
      await bench.records(media + 4);
      // Half of what 4 s hold: the machine is shared.
      expect(bench.live.packets - packets).toBeGreaterThan(30);
      await until('another decoder gives frames', () => {
        const now = status();
        return now !== null && now.decoderPid !== decoderPid && now.published > 5;
      });
      expect(status()?.restarts).toBeGreaterThanOrEqual(1);
      expect(readFileSync('/proc/self/stat', 'utf8')).not.toBe('');
      videoIsWhole(ingestPid);
      subscription.dispose();
    },
  );

  it('frames after a restart of the camera have a new epoch', async () => {
    const { subscription } = await running();
    const epoch = status()?.epoch ?? 0;
    await server.kick('/cam');
    await until(
      'frames of a new run',
      () => (status()?.epoch ?? 0) > epoch && (status()?.published ?? 0) > 5,
    );
    subscription.dispose();
  });
});

/** Few, so that a picture that is held back somewhere stands out against a busy machine. */
const FPS = 5;
const FRAME_MS = 1000 / FPS;
const WANTED = 15;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

describe('the age of frames', () => {
  // FFmpeg's RTSP reader knows that a picture has ended when the next one begins: one frame. With B-frames one more is
  // held back for its time stamp, and those that are shown after later ones wait in the camera and in the decoder.
  it.each<[string, number, CodedClockOptions]>([
    ['H.264', 1, {}],
    ['H.264 with large key frames', 1, { kbps: 12_000, width: 1280, height: 704, gop: 5 }],
    ['H.264 with B-frames', 5, { bFrames: 2 }],
    ['H.265', 1, { codec: 'h265' }],
  ])(
    '%s: a frame is there with the beginning of the next, %i frame(s) after the camera sent it',
    async (name, held, options) => {
      const clock = await startCodedClock({
        width: 640,
        height: 352,
        fps: FPS,
        gop: 10,
        kbps: 800,
        ...options,
      });
      bench.start(clock.url);
      const ring: number[] = [];
      const told: number[] = [];
      // The two clocks, of the wall and of frames, milliseconds.
      const offset = performance.timeOrigin + performance.now() - Number(process.hrtime.bigint()) / 1e6;
      const listening = frames.onFrame(Bench.id, (frame) => {
        const now = Number(process.hrtime.bigint()) / 1e6 + offset;
        const reader = openFrameRing(frame.path);
        const code = readCode(reader.copyPixels(frame.frameId), frame.width);
        reader.close();
        const madeAt = code?.madeAtMs ?? NaN;
        ring.push(Number(frame.monotonicNs) / 1e6 + offset - madeAt);
        told.push(now - madeAt);
      });
      frames.subscribeFrames(Bench.id, { fps: 5 });
      await until('frames come', () => ring.length > 5);
      ring.length = told.length = 0;
      await clock.encodeDelays();
      await until('frames', () => ring.length >= WANTED);
      void listening.dispose();
      const encode = await clock.encodeDelays();
      await clock.stop();
      // VAS_LATENCY=1: the figures, for docs/frames.md.
      if (process.env['VAS_LATENCY'])
        process.stderr.write(
          `${name}: ring ${(median(ring) - median(encode)).toFixed(0)} ms, told ${(median(told) - median(encode)).toFixed(0)} ms at ${FPS} fps\n`,
        );
      // The fastest shows what is held back; the others waited for the processor as well.
      const least = (Math.min(...told) - median(encode)) / FRAME_MS;
      expect(least).toBeLessThan(held + 0.75);
    },
  );
});
