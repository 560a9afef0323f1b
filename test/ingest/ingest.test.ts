import { describe, expect, it } from 'vitest';
import { startCameraServer } from '../../scripts/cameras/camera';
import { startRelay } from '../../scripts/cameras/faults';
import { h264, h265 } from '../../scripts/cameras/launches';
import { mpeg4Camera } from '../../scripts/cameras/senders';
import { runProgram } from '../../scripts/cameras/process';
import path from 'node:path';
import { symlink } from 'node:fs/promises';
import { Bench, children, eachOnBench, openDescriptors, readRecording, until } from './support';

const size = { width: 320, height: 180, kbps: 200 } as const;
const at = eachOnBench();

describe('a real camera', () => {
  it('is sent to live view and recorded in readable segments with its sound, and leaves nothing when it stops', async () => {
    await at.server.mount({ path: '/cam', launch: h264({ ...size, profile: 'high', audio: 'pcma' }) });
    const descriptors = await openDescriptors();
    at.bench.start(at.server.url('/cam'));
    await at.bench.reaches('running');
    expect(at.bench.infos[0]).toMatchObject({
      video: { codec: 'h264', profile: 'High' },
      audio: { codec: 'pcm_alaw' },
    });
    await at.bench.records(5);
    const pid = at.bench.ingest.status(Bench.id)?.pid;
    expect(pid).toBeGreaterThan(1);
    expect(await children()).toBe(1);

    const stopped = Date.now();
    await at.bench.ingest.stop(Bench.id);
    expect(Date.now() - stopped).toBeLessThan(2000);
    expect(await children()).toBe(0);
    await until('descriptors are closed', async () => (await openDescriptors()) <= descriptors);

    const { sequences } = at.bench.live;
    expect(sequences.length).toBeGreaterThan(50);
    expect(sequences[0]).toBe(1000);
    expect(sequences).toEqual(sequences.map((_, index) => (1000 + index) & 0xffff));
    const run = at.bench.recorder.runs[0];
    const files = await at.bench.recorder.files();
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
      at.bench.start(own.url('/cam'), null);
      await at.bench.reaches('running');
      await at.bench.records(1);
      const lost = Date.now();
      await own.stop();
      const gone = Date.now();
      await until('the loss is noticed', () => at.bench.phase !== 'running');
      expect(Date.now() - gone).toBeLessThan(5000);
      const first = at.bench.history.find((entry) => entry.atMs >= lost && entry.phase === 'backing-off');
      expect(first).toMatchObject({ fault: { code: 'connection_lost' }, attempts: 1 });
      expect((first?.retryAtUs ?? 0) - (first?.sinceUs ?? 0)).toBeLessThan(1_000_000);

      await until(
        'it was tried in vain',
        () => at.bench.ingest.status(Bench.id)?.fault?.code === 'unreachable',
      );
      own = await startCameraServer({ port });
      await own.mount(mount);
      await at.bench.reaches('running');
      const running = at.bench.history.findLast((entry) => entry.phase === 'running');
      const attempt = at.bench.history.findLast((entry) => entry.phase === 'starting');
      // 2 s and a group of pictures of 1 s; the figure is the bench's, the rest is for what else the machine does.
      expect((running?.atMs ?? 0) - (attempt?.atMs ?? 0)).toBeLessThan(6000);
      expect(running).toMatchObject({ reconnects: 1, attempts: 0, fault: null });
      const [before, after] = at.bench.recorder.runs.filter((run) => run.media > 0);
      expect(after?.start.clock.wallUsAt(0)).toBeGreaterThan(
        before?.start.clock.wallUsAt(before.media) ?? Infinity,
      );
      // Live view's packets go on numbering where they ended.
      await until('packets flow again', () => at.bench.live.lastPacketMs > (running?.atMs ?? 0));
      const gaps = at.bench.live.sequences
        .slice(1)
        .map((n, i) => (n - (at.bench.live.sequences[i] ?? 0)) & 0xffff);
      expect(gaps.every((gap) => gap === 1)).toBe(true);
    } finally {
      await own.stop();
    }
  });

  it('is noticed behind a half-open connection, and recorded again when the cable is back', async () => {
    await at.server.mount({ path: '/half', launch: h264(size) });
    const relay = await startRelay(at.server.port);
    try {
      at.bench.start(`rtsp://127.0.0.1:${relay.port}/half`);
      await at.bench.reaches('running');
      await at.bench.records(1);
      const frozen = Date.now();
      relay.freeze();
      await until('the loss is noticed', () => at.bench.phase !== 'running');
      expect(Date.now() - frozen).toBeLessThan(5000);
      const stall = at.bench.history.find((entry) => entry.phase === 'stalled');
      expect(stall?.fault?.code).toBe('stalled');
      await at.bench.reaches('starting');
      relay.thaw();
      await at.bench.reaches('running');
      expect(at.bench.ingest.status(Bench.id)).toMatchObject({ reconnects: 1 });
    } finally {
      await relay.stop();
    }
  });

  it('may come back with another size and another codec: both are recorded', async () => {
    await at.server.mount({ path: '/change', launch: h264({ ...size, profile: 'main' }) });
    at.bench.start(at.server.url('/change'));
    await at.bench.reaches('running');
    await at.bench.records(1);
    await at.server.unmount('/change');
    await at.server.mount({
      path: '/change',
      launch: h265({ width: 640, height: 360, kbps: 200, audio: 'aac' }),
    });
    await until('the new stream runs', () => at.bench.phase === 'running' && at.bench.infos.length === 2);
    expect(at.bench.infos[1]).toMatchObject({
      video: { codec: 'hevc', width: 640, height: 360 },
      audio: { codec: 'aac' },
    });
    await at.bench.records(1.5);
    await at.bench.ingest.stop(Bench.id);
    expect(at.bench.live.events.filter((event) => event.startsWith('prepare'))).toContain('prepare hevc 640');
    const last = (await at.bench.recorder.files()).at(-1) ?? '';
    const read = await readRecording(last);
    expect(read.video).toMatchObject({ codec_name: 'hevc', codec_tag_string: 'hvc1', width: 640 });
    expect(read.audio?.codec_name).toBe('aac');
    expect((await readRecording((await at.bench.recorder.files())[0] ?? '')).video.codec_name).toBe('h264');
  });

  it('runs without its sound when that is announced but never comes', async () => {
    const silent = h264({ ...size, audio: 'pcma' }).replace(
      '! rtppcmapay',
      '! identity drop-probability=1 ! rtppcmapay',
    );
    await at.server.mount({ path: '/mute', launch: silent });
    at.bench.start(at.server.url('/mute'));
    await until(
      'the video is recorded',
      async () => {
        const file = (await at.bench.recorder.files()).at(-1);
        return (
          at.bench.phase === 'running' &&
          file !== undefined &&
          (at.bench.recorder.runs.at(-1)?.segments.length ?? 0) > 0
        );
      },
      40_000,
    );
    const read = await readRecording((await at.bench.recorder.files()).at(-1) ?? '');
    expect(read.video.codec_name).toBe('h264');
  });

  it('is recorded unchanged when WebRTC cannot play it, and handed over instead', async () => {
    const sender = await mpeg4Camera();
    try {
      await at.server.mount({ path: '/old', launch: sender.launch });
      at.bench.start(at.server.url('/old'));
      await at.bench.reaches('running');
      await at.bench.records(2.5);
      await at.bench.ingest.stop(Bench.id);
      expect(at.bench.live.packets).toBeGreaterThan(10);
      expect(at.bench.live.sequences).toEqual([]);
      for (const file of await at.bench.recorder.files())
        expect((await readRecording(file)).video.codec_name).toBe('mpeg4');
    } finally {
      await sender.stop();
    }
  });

  it('keeps reordered pictures in order', async () => {
    await at.server.mount({ path: '/b', launch: h264({ ...size, profile: 'high', bFrames: 2 }) });
    at.bench.start(at.server.url('/b'));
    await at.bench.reaches('running');
    await at.bench.records(5);
    await at.bench.ingest.stop(Bench.id);
    const file = (await at.bench.recorder.files())[1] ?? '';
    const { times } = await readRecording(file);
    expect(times.length).toBeGreaterThan(20);
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    for (const step of steps) expect(step).toBeCloseTo(1 / 15, 2);
  });

  it('survives the death of FFmpeg, and every file can be read', async () => {
    await at.server.mount({ path: '/kill', launch: h264({ ...size, audio: 'aac' }) });
    at.bench.start(at.server.url('/kill'));
    await at.bench.reaches('running');
    await at.bench.records(3);
    process.kill(at.bench.ingest.status(Bench.id)?.pid ?? 0, 'SIGKILL');
    await until(
      'it runs again',
      () => at.bench.phase === 'running' && at.bench.ingest.status(Bench.id)?.reconnects === 1,
    );
    await at.bench.records(1);
    await at.bench.ingest.stop(Bench.id);
    const killed = at.bench.recorder.runs[0];
    let seconds = 0;
    for (const file of await at.bench.recorder.files()) {
      const read = await readRecording(file);
      if (file.startsWith(killed?.folder ?? '?')) seconds += read.seconds;
    }
    expect(seconds).toBeGreaterThan((killed?.media ?? 0) - 1.5);
  });

  it('is shown without delay while the disk hangs, and stops in time all the same', async () => {
    await at.server.mount({ path: '/slow', launch: h264({ ...size, kbps: 500 }) });
    // Nobody reads this pipe, so writing to it blocks as a dead disk does.
    at.bench.recorder.prepare = async (folder) =>
      void (await runProgram('mkfifo', [path.join(folder, '00000.mp4')]));
    at.bench.start(at.server.url('/slow'));
    await at.bench.reaches('running');
    await at.bench.records(6);
    expect(at.bench.ingest.status(Bench.id)).toMatchObject({ phase: 'running', reconnects: 0 });
    const shown = at.bench.live.lastPacketMs;
    await until('packets still flow', () => at.bench.live.lastPacketMs > shown);
    expect(at.bench.live.sequences.length).toBeGreaterThan(60);
    const stopped = Date.now();
    await at.bench.ingest.stop(Bench.id);
    // The disk answers never.
    expect(Date.now() - stopped).toBeLessThan(10_000);
  });

  it('is shown without recording while the disk is full, and says so', async () => {
    await at.server.mount({ path: '/full', launch: h264(size) });
    at.bench.recorder.prepare = (folder) => symlink('/dev/full', path.join(folder, '00000.mp4'));
    at.bench.start(at.server.url('/full'));
    await until('it runs without recording', () => {
      const status = at.bench.ingest.status(Bench.id);
      return status?.phase === 'running' && status.fault?.code === 'storage';
    });
    const { packets } = at.bench.live;
    await until('live view goes on', () => at.bench.live.packets > packets + 30);
    expect(at.bench.recorder.runs.every((run) => run.closed)).toBe(true);
  });

  it('may count its time stamps over their end', async () => {
    const wrapping = h264(size).replace('rtph264pay', `rtph264pay timestamp-offset=${2 ** 32 - 3 * 90_000}`);
    await at.server.mount({ path: '/wrap', launch: wrapping });
    at.bench.start(at.server.url('/wrap'));
    await at.bench.reaches('running');
    await at.bench.records(6);
    expect(at.bench.ingest.status(Bench.id)).toMatchObject({ phase: 'running', reconnects: 0 });
    const run = at.bench.recorder.runs[0];
    const spanUs = (run?.start.clock.wallUsAt(run.media) ?? 0) - (run?.start.clock.wallUsAt(0) ?? 0);
    expect(spanUs / 1e6).toBeLessThan(12);
  });
});
