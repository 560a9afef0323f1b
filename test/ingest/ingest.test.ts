import { describe, expect, it } from 'vitest';
import { startCameraServer } from '../../scripts/cameras/camera';
import { startRelay } from '../../scripts/cameras/faults';
import { h264, h265 } from '../../scripts/cameras/launches';
import { mpeg4Camera } from '../../scripts/cameras/senders';
import { runProgram } from '../../scripts/cameras/process';
import path from 'node:path';
import { symlink } from 'node:fs/promises';
import { freshBenches } from './fresh';
import { Bench, children, openDescriptors, readRecording, until } from './support';

const size = { width: 320, height: 180, kbps: 200 } as const;
const fresh = freshBenches();

describe('a real camera', () => {
  it('is sent to live view and recorded in readable segments with its sound, and leaves nothing when it stops', async () => {
    await fresh.server.mount({ path: '/cam', launch: h264({ ...size, profile: 'high', audio: 'pcma' }) });
    const descriptors = await openDescriptors();
    fresh.bench.start(fresh.server.url('/cam'));
    await fresh.bench.reaches('running');
    expect(fresh.bench.infos[0]).toMatchObject({
      video: { codec: 'h264', profile: 'High' },
      audio: { codec: 'pcm_alaw' },
    });
    await fresh.bench.records(5);
    const pid = fresh.bench.ingest.status(Bench.id)?.pid;
    expect(pid).toBeGreaterThan(1);
    expect(await children()).toBe(1);

    const stopped = Date.now();
    await fresh.bench.ingest.stop(Bench.id);
    expect(Date.now() - stopped).toBeLessThan(2000);
    expect(await children()).toBe(0);
    await until('descriptors are closed', async () => (await openDescriptors()) <= descriptors);

    const { sequences } = fresh.bench.live;
    expect(sequences.length).toBeGreaterThan(50);
    expect(sequences[0]).toBe(1000);
    expect(sequences).toEqual(sequences.map((_, index) => (1000 + index) & 0xffff));
    const run = fresh.bench.recorder.runs[0];
    const files = await fresh.bench.recorder.files();
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
      fresh.bench.start(own.url('/cam'), null);
      await fresh.bench.reaches('running');
      await fresh.bench.records(1);
      const lost = Date.now();
      await own.stop();
      const gone = Date.now();
      await until('the loss is noticed', () => fresh.bench.phase !== 'running');
      expect(Date.now() - gone).toBeLessThan(5000);
      const first = fresh.bench.history.find((entry) => entry.atMs >= lost && entry.phase === 'backing-off');
      expect(first).toMatchObject({ fault: { code: 'connection_lost' }, attempts: 1 });
      expect((first?.retryAtUs ?? 0) - (first?.sinceUs ?? 0)).toBeLessThan(1_000_000);

      await until(
        'it was tried in vain',
        () => fresh.bench.ingest.status(Bench.id)?.fault?.code === 'unreachable',
      );
      own = await startCameraServer({ port });
      await own.mount(mount);
      await fresh.bench.reaches('running');
      const running = fresh.bench.history.findLast((entry) => entry.phase === 'running');
      const attempt = fresh.bench.history.findLast((entry) => entry.phase === 'starting');
      // 2 s and a group of pictures of 1 s; the figure is the bench's, the rest is for what else the machine does.
      expect((running?.atMs ?? 0) - (attempt?.atMs ?? 0)).toBeLessThan(6000);
      expect(running).toMatchObject({ reconnects: 1, attempts: 0, fault: null });
      const [before, after] = fresh.bench.recorder.runs.filter((run) => run.media > 0);
      expect(after?.start.clock.wallUsAt(0)).toBeGreaterThan(
        before?.start.clock.wallUsAt(before.media) ?? Infinity,
      );
      // Live view's packets go on numbering where they ended.
      await until('packets flow again', () => fresh.bench.live.lastPacketMs > (running?.atMs ?? 0));
      const gaps = fresh.bench.live.sequences
        .slice(1)
        .map((n, i) => (n - (fresh.bench.live.sequences[i] ?? 0)) & 0xffff);
      expect(gaps.every((gap) => gap === 1)).toBe(true);
    } finally {
      await own.stop();
    }
  });

  it('is noticed behind a half-open connection, and recorded again when the cable is back', async () => {
    await fresh.server.mount({ path: '/half', launch: h264(size) });
    const relay = await startRelay(fresh.server.port);
    try {
      fresh.bench.start(`rtsp://127.0.0.1:${relay.port}/half`);
      await fresh.bench.reaches('running');
      await fresh.bench.records(1);
      const frozen = Date.now();
      relay.freeze();
      await until('the loss is noticed', () => fresh.bench.phase !== 'running');
      expect(Date.now() - frozen).toBeLessThan(5000);
      const stall = fresh.bench.history.find((entry) => entry.phase === 'stalled');
      expect(stall?.fault?.code).toBe('stalled');
      await fresh.bench.reaches('starting');
      relay.thaw();
      await fresh.bench.reaches('running');
      expect(fresh.bench.ingest.status(Bench.id)).toMatchObject({ reconnects: 1 });
    } finally {
      await relay.stop();
    }
  });

  it('may come back with another size and another codec: both are recorded', async () => {
    await fresh.server.mount({ path: '/change', launch: h264({ ...size, profile: 'main' }) });
    fresh.bench.start(fresh.server.url('/change'));
    await fresh.bench.reaches('running');
    await fresh.bench.records(1);
    await fresh.server.unmount('/change');
    await fresh.server.mount({
      path: '/change',
      launch: h265({ width: 640, height: 360, kbps: 200, audio: 'aac' }),
    });
    await until(
      'the new stream runs',
      () => fresh.bench.phase === 'running' && fresh.bench.infos.length === 2,
    );
    expect(fresh.bench.infos[1]).toMatchObject({
      video: { codec: 'hevc', width: 640, height: 360 },
      audio: { codec: 'aac' },
    });
    await fresh.bench.records(1.5);
    await fresh.bench.ingest.stop(Bench.id);
    expect(fresh.bench.live.events.filter((event) => event.startsWith('prepare'))).toContain(
      'prepare hevc 640',
    );
    const last = (await fresh.bench.recorder.files()).at(-1) ?? '';
    const read = await readRecording(last);
    expect(read.video).toMatchObject({ codec_name: 'hevc', codec_tag_string: 'hvc1', width: 640 });
    expect(read.audio?.codec_name).toBe('aac');
    expect((await readRecording((await fresh.bench.recorder.files())[0] ?? '')).video.codec_name).toBe(
      'h264',
    );
  });

  it('runs without its sound when that is announced but never comes', async () => {
    const silent = h264({ ...size, audio: 'pcma' }).replace(
      '! rtppcmapay',
      '! identity drop-probability=1 ! rtppcmapay',
    );
    await fresh.server.mount({ path: '/mute', launch: silent });
    fresh.bench.start(fresh.server.url('/mute'));
    await until(
      'the video is recorded',
      async () => {
        const file = (await fresh.bench.recorder.files()).at(-1);
        return (
          fresh.bench.phase === 'running' &&
          file !== undefined &&
          (fresh.bench.recorder.runs.at(-1)?.segments.length ?? 0) > 0
        );
      },
      40_000,
    );
    const read = await readRecording((await fresh.bench.recorder.files()).at(-1) ?? '');
    expect(read.video.codec_name).toBe('h264');
  });

  it('is recorded unchanged when WebRTC cannot play it, and handed over instead', async () => {
    const sender = await mpeg4Camera();
    try {
      await fresh.server.mount({ path: '/old', launch: sender.launch });
      fresh.bench.start(fresh.server.url('/old'));
      await fresh.bench.reaches('running');
      await fresh.bench.records(2.5);
      await fresh.bench.ingest.stop(Bench.id);
      expect(fresh.bench.live.packets).toBeGreaterThan(10);
      expect(fresh.bench.live.sequences).toEqual([]);
      for (const file of await fresh.bench.recorder.files())
        expect((await readRecording(file)).video.codec_name).toBe('mpeg4');
    } finally {
      await sender.stop();
    }
  });

  it('keeps reordered pictures in order', async () => {
    await fresh.server.mount({ path: '/b', launch: h264({ ...size, profile: 'high', bFrames: 2 }) });
    fresh.bench.start(fresh.server.url('/b'));
    await fresh.bench.reaches('running');
    await fresh.bench.records(5);
    await fresh.bench.ingest.stop(Bench.id);
    const file = (await fresh.bench.recorder.files())[1] ?? '';
    const { times } = await readRecording(file);
    expect(times.length).toBeGreaterThan(20);
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    for (const step of steps) expect(step).toBeCloseTo(1 / 15, 2);
  });

  it('survives the death of FFmpeg, and every file can be read', async () => {
    await fresh.server.mount({ path: '/kill', launch: h264({ ...size, audio: 'aac' }) });
    fresh.bench.start(fresh.server.url('/kill'));
    await fresh.bench.reaches('running');
    await fresh.bench.records(3);
    process.kill(fresh.bench.ingest.status(Bench.id)?.pid ?? 0, 'SIGKILL');
    await until(
      'it runs again',
      () => fresh.bench.phase === 'running' && fresh.bench.ingest.status(Bench.id)?.reconnects === 1,
    );
    await fresh.bench.records(1);
    await fresh.bench.ingest.stop(Bench.id);
    const killed = fresh.bench.recorder.runs[0];
    let seconds = 0;
    for (const file of await fresh.bench.recorder.files()) {
      const read = await readRecording(file);
      if (file.startsWith(killed?.folder ?? '?')) seconds += read.seconds;
    }
    expect(seconds).toBeGreaterThan((killed?.media ?? 0) - 1.5);
  });

  it('is shown without delay while the disk hangs, and stops in time all the same', async () => {
    await fresh.server.mount({ path: '/slow', launch: h264({ ...size, kbps: 500 }) });
    // Nobody reads this pipe, so writing to it blocks as a dead disk does.
    fresh.bench.recorder.prepare = async (folder) =>
      void (await runProgram('mkfifo', [path.join(folder, '00000.mp4')]));
    fresh.bench.start(fresh.server.url('/slow'));
    await fresh.bench.reaches('running');
    await fresh.bench.records(6);
    expect(fresh.bench.ingest.status(Bench.id)).toMatchObject({ phase: 'running', reconnects: 0 });
    const shown = fresh.bench.live.lastPacketMs;
    await until('packets still flow', () => fresh.bench.live.lastPacketMs > shown);
    expect(fresh.bench.live.sequences.length).toBeGreaterThan(60);
    const stopped = Date.now();
    await fresh.bench.ingest.stop(Bench.id);
    // The disk answers never.
    expect(Date.now() - stopped).toBeLessThan(10_000);
  });

  it('is shown without recording while the disk is full, and says so', async () => {
    await fresh.server.mount({ path: '/full', launch: h264(size) });
    fresh.bench.recorder.prepare = (folder) => symlink('/dev/full', path.join(folder, '00000.mp4'));
    fresh.bench.start(fresh.server.url('/full'));
    await until('it runs without recording', () => {
      const status = fresh.bench.ingest.status(Bench.id);
      return status?.phase === 'running' && status.fault?.code === 'storage';
    });
    const { packets } = fresh.bench.live;
    await until('live view goes on', () => fresh.bench.live.packets > packets + 30);
    expect(fresh.bench.recorder.runs.every((run) => run.closed)).toBe(true);
  });

  it('may count its time stamps over their end', async () => {
    const wrapping = h264(size).replace('rtph264pay', `rtph264pay timestamp-offset=${2 ** 32 - 3 * 90_000}`);
    await fresh.server.mount({ path: '/wrap', launch: wrapping });
    fresh.bench.start(fresh.server.url('/wrap'));
    await fresh.bench.reaches('running');
    await fresh.bench.records(6);
    expect(fresh.bench.ingest.status(Bench.id)).toMatchObject({ phase: 'running', reconnects: 0 });
    const run = fresh.bench.recorder.runs[0];
    const spanUs = (run?.start.clock.wallUsAt(run.media) ?? 0) - (run?.start.clock.wallUsAt(0) ?? 0);
    expect(spanUs / 1e6).toBeLessThan(12);
  });
});
