import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCameraServer, type CameraServer } from '../../scripts/cameras/camera';
import { startRelay } from '../../scripts/cameras/faults';
import { h264, h265 } from '../../scripts/cameras/launches';
import { mpeg4Camera } from '../../scripts/cameras/senders';
import { runProgram } from '../../scripts/cameras/process';
import path from 'node:path';
import { symlink } from 'node:fs/promises';
import { Bench, children, openDescriptors, readRecording, until } from './support';

const size = { width: 320, height: 180, kbps: 200 } as const;
let server: CameraServer;
let bench: Bench;

beforeAll(async () => {
  server = await startCameraServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  bench = await Bench.create();
});
afterEach(async () => {
  await bench.dispose();
  expect(await children()).toBe(0);
});

describe('a real camera', () => {
  it('is sent to live view and recorded in readable segments with its sound, and leaves nothing when it stops', async () => {
    await server.mount({ path: '/cam', launch: h264({ ...size, profile: 'high', audio: 'pcma' }) });
    const descriptors = await openDescriptors();
    bench.start(server.url('/cam'));
    await bench.reaches('running');
    expect(bench.infos[0]).toMatchObject({
      video: { codec: 'h264', profile: 'High' },
      audio: { codec: 'pcm_alaw' },
    });
    await bench.records(5);
    const pid = bench.ingest.status(Bench.id)?.pid;
    expect(pid).toBeGreaterThan(1);
    expect(await children()).toBe(1);

    const stopped = Date.now();
    await bench.ingest.stop(Bench.id);
    expect(Date.now() - stopped).toBeLessThan(2000);
    expect(await children()).toBe(0);
    await until('descriptors are closed', async () => (await openDescriptors()) <= descriptors);

    const { sequences } = bench.live;
    expect(sequences.length).toBeGreaterThan(50);
    expect(sequences[0]).toBe(1000);
    expect(sequences).toEqual(sequences.map((_, index) => (1000 + index) & 0xffff));
    const run = bench.recorder.runs[0];
    const files = await bench.recorder.files();
    expect(run?.closed).toBe(true);
    expect(run?.segments.length).toBe(files.length);
    expect(files.length).toBeGreaterThanOrEqual(3);
    let seconds = 0;
    for (const file of files) {
      const read = await readRecording(file);
      expect(read.video).toMatchObject({ codec_name: 'h264', width: 320 });
      expect(read.audio?.codec_name).toBe('aac');
      seconds += read.seconds;
    }
    expect(seconds).toBeGreaterThan(4.5);
    // Segments are cut at multiples of their length of the wall clock, at key frames.
    const starts = run?.segments
      .slice(1)
      .map((segment) => run.start.clock.wallUsAt(segment.startSeconds) / 1e6);
    // FFmpeg cuts by the moment it handles a key frame, and that frame may be dated a little earlier.
    const early = 0.3;
    for (const start of starts ?? []) expect((start + early) % 2).toBeLessThan(1.4 + early);
  });

  it('is recorded again within 2 s and a group of pictures of the first attempt that it answers', async () => {
    let own = await startCameraServer();
    const { port } = own;
    try {
      const mount = { path: '/cam', launch: h264({ ...size, gopSeconds: 1 }) };
      await own.mount(mount);
      bench.start(own.url('/cam'), null);
      await bench.reaches('running');
      await bench.records(1);
      const lost = Date.now();
      await own.stop();
      const gone = Date.now();
      await until('the loss is noticed', () => bench.phase !== 'running');
      expect(Date.now() - gone).toBeLessThan(5000);
      const first = bench.history.find((entry) => entry.atMs >= lost && entry.phase === 'backing-off');
      expect(first).toMatchObject({ fault: { code: 'connection_lost' }, attempts: 1 });
      expect((first?.retryAtUs ?? 0) - (first?.sinceUs ?? 0)).toBeLessThan(1_000_000);

      await until('it was tried in vain', () => bench.ingest.status(Bench.id)?.fault?.code === 'unreachable');
      own = await startCameraServer({ port });
      await own.mount(mount);
      await bench.reaches('running');
      const running = bench.history.findLast((entry) => entry.phase === 'running');
      const attempt = bench.history.findLast((entry) => entry.phase === 'starting');
      // 2 s and a group of pictures of 1 s; the figure is the bench's, the rest is for what else the machine does.
      expect((running?.atMs ?? 0) - (attempt?.atMs ?? 0)).toBeLessThan(6000);
      expect(running).toMatchObject({ reconnects: 1, attempts: 0, fault: null });
      const [before, after] = bench.recorder.runs.filter((run) => run.media > 0);
      expect(after?.start.clock.wallUsAt(0)).toBeGreaterThan(
        before?.start.clock.wallUsAt(before.media) ?? Infinity,
      );
      // Live view's packets go on numbering where they ended.
      await until('packets flow again', () => bench.live.lastPacketMs > (running?.atMs ?? 0));
      const gaps = bench.live.sequences.slice(1).map((n, i) => (n - (bench.live.sequences[i] ?? 0)) & 0xffff);
      expect(gaps.every((gap) => gap === 1)).toBe(true);
    } finally {
      await own.stop();
    }
  });

  it('is noticed behind a half-open connection, and recorded again when the cable is back', async () => {
    await server.mount({ path: '/half', launch: h264(size) });
    const relay = await startRelay(server.port);
    try {
      bench.start(`rtsp://127.0.0.1:${relay.port}/half`);
      await bench.reaches('running');
      await bench.records(1);
      const frozen = Date.now();
      relay.freeze();
      await until('the loss is noticed', () => bench.phase !== 'running');
      expect(Date.now() - frozen).toBeLessThan(5000);
      const stall = bench.history.find((entry) => entry.phase === 'stalled');
      expect(stall?.fault?.code).toBe('stalled');
      await bench.reaches('starting');
      relay.thaw();
      await bench.reaches('running');
      expect(bench.ingest.status(Bench.id)).toMatchObject({ reconnects: 1 });
    } finally {
      await relay.stop();
    }
  });

  it('may come back with another size and another codec: both are recorded', async () => {
    await server.mount({ path: '/change', launch: h264({ ...size, profile: 'main' }) });
    bench.start(server.url('/change'));
    await bench.reaches('running');
    await bench.records(1);
    await server.unmount('/change');
    await server.mount({
      path: '/change',
      launch: h265({ width: 640, height: 360, kbps: 200, audio: 'aac' }),
    });
    await until('the new stream runs', () => bench.phase === 'running' && bench.infos.length === 2);
    expect(bench.infos[1]).toMatchObject({
      video: { codec: 'hevc', width: 640, height: 360 },
      audio: { codec: 'aac' },
    });
    await bench.records(1.5);
    await bench.ingest.stop(Bench.id);
    expect(bench.live.events.filter((event) => event.startsWith('prepare'))).toContain('prepare hevc 640');
    const last = (await bench.recorder.files()).at(-1) ?? '';
    const read = await readRecording(last);
    expect(read.video).toMatchObject({ codec_name: 'hevc', codec_tag_string: 'hvc1', width: 640 });
    expect(read.audio?.codec_name).toBe('aac');
    expect((await readRecording((await bench.recorder.files())[0] ?? '')).video.codec_name).toBe('h264');
  });

  it('runs without its sound when that is announced but never comes', async () => {
    const silent = h264({ ...size, audio: 'pcma' }).replace(
      '! rtppcmapay',
      '! identity drop-probability=1 ! rtppcmapay',
    );
    await server.mount({ path: '/mute', launch: silent });
    bench.start(server.url('/mute'));
    await until(
      'the video is recorded',
      async () => {
        const file = (await bench.recorder.files()).at(-1);
        return (
          bench.phase === 'running' &&
          file !== undefined &&
          (bench.recorder.runs.at(-1)?.segments.length ?? 0) > 0
        );
      },
      40_000,
    );
    const read = await readRecording((await bench.recorder.files()).at(-1) ?? '');
    expect(read.video.codec_name).toBe('h264');
  });

  it('is recorded unchanged when WebRTC cannot play it, and handed over instead', async () => {
    const sender = await mpeg4Camera();
    try {
      await server.mount({ path: '/old', launch: sender.launch });
      bench.start(server.url('/old'));
      await bench.reaches('running');
      await bench.records(2.5);
      await bench.ingest.stop(Bench.id);
      expect(bench.live.packets).toBeGreaterThan(10);
      expect(bench.live.sequences).toEqual([]);
      for (const file of await bench.recorder.files())
        expect((await readRecording(file)).video.codec_name).toBe('mpeg4');
    } finally {
      await sender.stop();
    }
  });

  it('keeps reordered pictures in order', async () => {
    await server.mount({ path: '/b', launch: h264({ ...size, profile: 'high', bFrames: 2 }) });
    bench.start(server.url('/b'));
    await bench.reaches('running');
    await bench.records(5);
    await bench.ingest.stop(Bench.id);
    const file = (await bench.recorder.files())[1] ?? '';
    const { times } = await readRecording(file);
    expect(times.length).toBeGreaterThan(20);
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    for (const step of steps) expect(step).toBeCloseTo(1 / 15, 2);
  });

  it('survives the death of FFmpeg, and every file can be read', async () => {
    await server.mount({ path: '/kill', launch: h264({ ...size, audio: 'aac' }) });
    bench.start(server.url('/kill'));
    await bench.reaches('running');
    await bench.records(3);
    process.kill(bench.ingest.status(Bench.id)?.pid ?? 0, 'SIGKILL');
    await until(
      'it runs again',
      () => bench.phase === 'running' && bench.ingest.status(Bench.id)?.reconnects === 1,
    );
    await bench.records(1);
    await bench.ingest.stop(Bench.id);
    const killed = bench.recorder.runs[0];
    let seconds = 0;
    for (const file of await bench.recorder.files()) {
      const read = await readRecording(file);
      if (file.startsWith(killed?.folder ?? '?')) seconds += read.seconds;
    }
    expect(seconds).toBeGreaterThan((killed?.media ?? 0) - 1.5);
  });

  it('is shown without delay while the disk hangs, and stops in time all the same', async () => {
    await server.mount({ path: '/slow', launch: h264({ ...size, kbps: 500 }) });
    // Nobody reads this pipe, so writing to it blocks as a dead disk does.
    bench.recorder.prepare = async (folder) =>
      void (await runProgram('mkfifo', [path.join(folder, '00000.mp4')]));
    bench.start(server.url('/slow'));
    await bench.reaches('running');
    await bench.records(6);
    expect(bench.ingest.status(Bench.id)).toMatchObject({ phase: 'running', reconnects: 0 });
    const shown = bench.live.lastPacketMs;
    await until('packets still flow', () => bench.live.lastPacketMs > shown);
    expect(bench.live.sequences.length).toBeGreaterThan(60);
    const stopped = Date.now();
    await bench.ingest.stop(Bench.id);
    // The disk answers never.
    expect(Date.now() - stopped).toBeLessThan(10_000);
  });

  it('is shown without recording while the disk is full, and says so', async () => {
    await server.mount({ path: '/full', launch: h264(size) });
    bench.recorder.prepare = (folder) => symlink('/dev/full', path.join(folder, '00000.mp4'));
    bench.start(server.url('/full'));
    await until('it runs without recording', () => {
      const status = bench.ingest.status(Bench.id);
      return status?.phase === 'running' && status.fault?.code === 'storage';
    });
    const { packets } = bench.live;
    await until('live view goes on', () => bench.live.packets > packets + 30);
    expect(bench.recorder.runs.every((run) => run.closed)).toBe(true);
  });

  it('may count its time stamps over their end', async () => {
    const wrapping = h264(size).replace('rtph264pay', `rtph264pay timestamp-offset=${2 ** 32 - 3 * 90_000}`);
    await server.mount({ path: '/wrap', launch: wrapping });
    bench.start(server.url('/wrap'));
    await bench.reaches('running');
    await bench.records(6);
    expect(bench.ingest.status(Bench.id)).toMatchObject({ phase: 'running', reconnects: 0 });
    const run = bench.recorder.runs[0];
    const spanUs = (run?.start.clock.wallUsAt(run.media) ?? 0) - (run?.start.clock.wallUsAt(0) ?? 0);
    expect(spanUs / 1e6).toBeLessThan(12);
  });
});
