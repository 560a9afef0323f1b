import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VasError } from '../../base/errors';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import type { StreamSpec } from '../cameras/ports';
import type { StreamEndpoint, StreamInfo, StreamStatus } from '../streams';
import { createIngest, type Ingest } from './ingest';
import type { ProbeResult } from './probe';
import { FakeLive, FakeRecording, fakeRunner, INFO } from './testing/fakes';

const CAMERA = '00000000-0000-4000-8000-000000000001';
const endpoint: StreamEndpoint = { url: 'rtsp://192.0.2.1/x', transport: 'tcp', credentials: null };
const refused = ['[tcp @ 0x1] [error] Connection to tcp://192.0.2.1:554 failed: Connection refused'];
const other: StreamInfo = { ...INFO, video: { ...INFO.video, width: 1280, height: 720 } };

let clock: SimulatedClock;
let ffmpeg: ReturnType<typeof fakeRunner>;
let live: FakeLive;
let recording: FakeRecording;
let ingest: Ingest;
let probes: number;
let probeResult: ProbeResult;
let infos: StreamInfo[];
let history: StreamStatus[];

const spec = (more: Partial<StreamSpec> = {}): StreamSpec => ({
  streamId: CAMERA,
  cameraId: CAMERA,
  endpoint: () => Promise.resolve(endpoint),
  info: INFO,
  ...more,
});
const status = (): StreamStatus => {
  const now = ingest.status(CAMERA);
  if (!now) throw new Error('the stream is stopped');
  return now;
};
const seen = (): string[] =>
  history.map((entry) => entry.phase).filter((phase, i, all) => phase !== all[i - 1]);
async function start(more: Partial<StreamSpec> = {}): Promise<void> {
  ingest.start(spec(more));
  await clock.advance(0);
}

beforeEach(() => {
  clock = new SimulatedClock();
  ffmpeg = fakeRunner(clock);
  live = new FakeLive();
  recording = new FakeRecording();
  probes = 0;
  probeResult = { ok: true, info: INFO, elapsedMs: 1 };
  infos = [];
  history = [];
  ingest = createIngest({
    ffmpegPath: 'ffmpeg',
    clock,
    log: silentLogger(),
    live,
    recording,
    onInfo: (_, info) => infos.push(info),
    runner: ffmpeg.runner,
    probe: () => {
      probes++;
      return Promise.resolve(probeResult);
    },
    random: () => 0,
  });
  ingest.onStatus((entry) => history.push(entry));
});

afterEach(async () => {
  await ingest.dispose();
  expect(clock.pendingTimers).toBe(0);
  expect(ffmpeg.runs.filter((run) => run.alive)).toEqual([]);
  expect(recording.closed.sort()).toEqual(recording.open.map((run) => run.runId).sort());
  expect(ingest.statuses()).toEqual([]);
});

describe('a stream that runs', () => {
  it('starts at once when its facts are known, and runs when pictures advance', async () => {
    await start();
    expect(probes).toBe(0);
    expect(status()).toMatchObject({ phase: 'starting', pid: 1000, info: INFO });
    ffmpeg.last().progress(0, 0);
    ffmpeg.last().progress(1, 0);
    expect(status().phase).toBe('starting');
    ffmpeg.last().progress(9, 0.5);
    expect(status()).toMatchObject({ phase: 'running', fault: null, attempts: 0, reconnects: 0 });
    expect(recording.media).toBe(0.5);
    ffmpeg.last().events.onSegment({ file: '00000.mp4', startSeconds: 0, endSeconds: 4 });
    expect(recording.segments).toHaveLength(1);
    await ingest.stop(CAMERA);
    expect(live.calls).toEqual([
      `prepare ${CAMERA} h264`,
      `running ${CAMERA}`,
      `ended ${CAMERA}`,
      `release ${CAMERA}`,
    ]);
    expect(seen()).toEqual(['starting', 'running', 'stopped']);
    expect(ingest.status(CAMERA)).toBeNull();
  });

  it('is looked at first when nothing is known of it, and remembered', async () => {
    await start({ info: null });
    expect(probes).toBe(1);
    expect(infos).toEqual([INFO]);
    expect(ffmpeg.runs).toHaveLength(1);
  });

  it('plans the sound of a main stream, and nothing but live view for a sub stream', async () => {
    await start();
    expect(ffmpeg.last().plan).toMatchObject({ audio: { mode: 'aac' }, askAudio: true });
    expect(ffmpeg.last().plan.recording?.pattern).toMatch(/%05d\.mp4$/);
    ingest.start(spec({ streamId: `${CAMERA}:sub` }));
    await clock.advance(0);
    expect(ffmpeg.last().plan).toMatchObject({ audio: { mode: 'none' }, askAudio: false, recording: null });
    expect(recording.open).toHaveLength(1);
  });

  it('has one FFmpeg whatever is started how often (W-75)', async () => {
    for (let i = 0; i < 10; i++) ingest.start(spec());
    await clock.advance(100);
    for (let i = 0; i < 10; i++) ingest.start(spec());
    await clock.advance(100);
    expect(ffmpeg.runs).toHaveLength(1);
  });

  it('starts again after a stop that is under way, once, unless it is stopped again', async () => {
    await start();
    ffmpeg.last().polite = false;
    const stopped = ingest.stop(CAMERA);
    ingest.start(spec());
    ingest.start(spec());
    await clock.advance(0);
    expect(ffmpeg.runs).toHaveLength(1);
    await clock.advance(1000);
    await stopped;
    await clock.advance(0);
    expect(ffmpeg.runs).toHaveLength(2);
    void ingest.stop(CAMERA);
    ingest.start(spec());
    await ingest.stop(CAMERA);
    await clock.advance(10_000);
    expect(ffmpeg.runs).toHaveLength(2);
  });

  it('starts anew at once when asked, running or waiting', async () => {
    await start();
    await ffmpeg.last().play(2);
    ingest.restart(CAMERA, 'live view moved');
    await clock.advance(0);
    expect(ffmpeg.runs).toHaveLength(2);
    expect(ffmpeg.runs[0]?.stops).toEqual([1000]);
    for (let i = 0; i < 5; i++) {
      ffmpeg.last().exit(1, refused);
      await clock.advance(0);
      if (i < 4) await clock.advance(5000);
    }
    expect(status().phase).toBe('backing-off');
    const before = ffmpeg.runs.length;
    ingest.restart(CAMERA, 'live view moved');
    await clock.advance(0);
    expect(ffmpeg.runs).toHaveLength(before + 1);
    ingest.restart('unknown', 'x');
  });
});

describe('a camera that is lost', () => {
  it('is noticed within 5 s when it keeps the connection and sends nothing', async () => {
    await start();
    await ffmpeg.last().play(20);
    ffmpeg.last().polite = false;
    const lostUs = clock.monotonicUs();
    while (status().phase === 'running') await clock.advance(100);
    expect(clock.monotonicUs() - lostUs).toBeLessThan(4_100_000);
    expect(status()).toMatchObject({ phase: 'stalled', fault: { code: 'stalled' } });
    expect(ffmpeg.last().stops).toEqual([500]);
    await clock.advance(500);
    expect(status()).toMatchObject({ phase: 'backing-off', attempts: 1, reconnects: 1, pid: null });
    await clock.advance(500);
    expect(ffmpeg.runs).toHaveLength(2);
    await ffmpeg.last().play(1);
    expect(status()).toMatchObject({ phase: 'running', fault: null, attempts: 0, reconnects: 1 });
    expect(seen()).toEqual(['starting', 'running', 'stalled', 'backing-off', 'starting', 'running']);
  });

  it.each<[string, (frames: number, media: number) => [number, number]]>([
    ['pictures without time', (frames) => [frames, 10]],
    ['time without pictures', (_, media) => [160, media]],
  ])('is noticed by %s too', async (_, report) => {
    await start();
    await ffmpeg.last().play(10);
    for (let i = 1; i < 12 && status().phase === 'running'; i++) {
      await clock.advance(500);
      ffmpeg.last().progress(...report(160 + i * 8, 10 + i / 2));
    }
    expect(status().fault?.code).toBe('stalled');
  });

  it('is retried within a second, then ever more rarely up to 5 s, and at once again after it ran', async () => {
    await start();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      ffmpeg.last().exit(1, refused);
      await clock.advance(0);
      const { retryAtUs } = status();
      waits.push(((retryAtUs ?? 0) - clock.wallUs()) / 1000);
      await clock.advance(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 5000, 5000, 5000]);
    expect(status().attempts).toBe(7);
    expect(history.at(-1)?.fault).toEqual({
      code: 'unreachable',
      detail: 'Connection to tcp://192.0.2.1:554 failed: Connection refused',
    });
    await ffmpeg.last().play(11);
    ffmpeg.last().exit(0);
    await clock.advance(0);
    expect(status()).toMatchObject({
      phase: 'backing-off',
      fault: { code: 'connection_lost', detail: 'The camera ended the stream.' },
      attempts: 1,
    });
    expect((status().retryAtUs ?? 0) - clock.wallUs()).toBe(500_000);
  });

  it('is given up when no picture comes, and retried', async () => {
    await start();
    await clock.advance(7900);
    expect(status().phase).toBe('starting');
    await clock.advance(400);
    expect(status()).toMatchObject({ phase: 'backing-off', fault: { code: 'no_answer' }, reconnects: 0 });
  });

  it('is restarted when pictures arrive ever later', async () => {
    await start();
    const run = ffmpeg.last();
    await run.play(5);
    let media = 5;
    for (let i = 0; i < 100 && status().phase === 'running'; i++) {
      await clock.advance(500);
      run.progress(100 + i, (media += 0.25));
    }
    expect(status().fault).toMatchObject({
      code: 'stalled',
      detail: expect.stringMatching(/late/) as string,
    });
    expect(media).toBeGreaterThan(14);
    expect(media).toBeLessThan(20);
  });

  it('may be slow: a picture every two seconds is no stall', async () => {
    await start({ info: { ...INFO, video: { ...INFO.video, fps: 0.5 } } });
    const run = ffmpeg.last();
    for (let i = 1; i < 12; i++) {
      await clock.advance(2000);
      run.progress(i, i * 2);
    }
    expect(status().phase).toBe('running');
    expect(ffmpeg.runs).toHaveLength(1);
  });
});

describe('a camera that comes back as another', () => {
  it('is looked at anew and runs at once, without waiting', async () => {
    await start();
    await ffmpeg.last().play(12);
    ffmpeg.last().exit(0);
    await clock.advance(500);
    probeResult = { ok: true, info: other, elapsedMs: 1 };
    ffmpeg.last().report(other);
    await clock.advance(0);
    expect(probes).toBe(1);
    expect(infos).toEqual([other]);
    expect(ffmpeg.runs).toHaveLength(3);
    expect(status()).toMatchObject({ phase: 'starting', info: other });
    expect(live.calls.filter((call) => call.startsWith('prepare'))).toHaveLength(3);
    ffmpeg.last().report(other);
    await ffmpeg.last().play(1);
    expect(status().phase).toBe('running');
  });

  it('is used as it is when a new look does not explain the difference, also next time', async () => {
    await start();
    ffmpeg.last().report(other);
    await clock.advance(0);
    expect([probes, ffmpeg.runs.length]).toEqual([1, 2]);
    ffmpeg.last().report(other);
    await ffmpeg.last().play(11);
    expect(status().phase).toBe('running');
    ffmpeg.last().exit(0);
    await clock.advance(600);
    ffmpeg.last().report(other);
    await ffmpeg.last().play(1);
    expect([probes, ffmpeg.runs.length]).toEqual([1, 3]);
    expect(status().phase).toBe('running');
  });

  it('is looked at until that works', async () => {
    probeResult = { ok: false, fault: { code: 'unauthorized', detail: '401' }, elapsedMs: 1 };
    await start({ info: null });
    expect(status()).toMatchObject({ phase: 'backing-off', fault: { code: 'unauthorized' } });
    probeResult = { ok: true, info: other, elapsedMs: 1 };
    await clock.advance(500);
    expect(status()).toMatchObject({ phase: 'starting', info: other, pid: 1000 });
  });
});

describe('sound that makes trouble', () => {
  it.each([
    ['before it starts', 0, ['[aac @ 0x1] [error] Unsupported sample rate']],
    ['after it started', 3, ['[fatal] Too many packets buffered for output stream 1:0.']],
  ])('is left out for ten minutes when it ends FFmpeg %s', async (_, seconds, stderr) => {
    await start();
    ffmpeg.last().report(INFO);
    await ffmpeg.last().play(seconds);
    ffmpeg.last().exit(1, stderr);
    await clock.advance(500);
    expect(ffmpeg.last().plan).toMatchObject({ audio: { mode: 'none' }, askAudio: false });
    // The report without sound is no change: none was asked for.
    ffmpeg.last().report({ ...INFO, audio: null });
    await ffmpeg.last().play(60);
    expect([status().phase, probes]).toEqual(['running', 0]);
    ffmpeg.last().exit(0);
    await clock.advance(600);
    expect(ffmpeg.last().plan.askAudio).toBe(false);
    await ffmpeg.last().play(560);
    ffmpeg.last().exit(0);
    await clock.advance(600);
    expect(ffmpeg.last().plan).toMatchObject({ audio: { mode: 'aac' }, askAudio: true });
  });

  it('and is gone altogether is looked for once more, then left out although the camera announces it', async () => {
    const gone = ["[fatal] Stream map '0:a:0' matches no streams."];
    await start({ info: INFO });
    expect(live.sounds).toEqual([`${CAMERA} pcm_alaw`]);
    ffmpeg.last().exit(1, gone);
    await clock.advance(0);
    expect(probes).toBe(1);
    expect(ffmpeg.last().plan.askAudio).toBe(true);
    ffmpeg.last().exit(1, gone);
    await clock.advance(500);
    expect(probes).toBe(1);
    expect(ffmpeg.last().plan).toMatchObject({ audio: { mode: 'none' }, askAudio: false });
    expect(live.sounds.at(-1)).toBe(`${CAMERA} none`);
    await ffmpeg.last().play(5);
    expect(status().phase).toBe('running');
  });

  it('cannot be listened to, and the pictures go on', async () => {
    live.failingSound = true;
    await start();
    expect(ffmpeg.last().plan).toMatchObject({ audio: { mode: 'aac' }, liveAudio: { mode: 'none' } });
    await ffmpeg.last().play(3);
    expect(status()).toMatchObject({ phase: 'running', fault: null });
  });

  it('is not blamed for a camera that is away', async () => {
    await start();
    ffmpeg.last().exit(1, refused);
    await clock.advance(500);
    expect(ffmpeg.last().plan.askAudio).toBe(true);
  });
});

describe('a disk that fails', () => {
  it('stops the recording, not live view, and recording returns by itself', async () => {
    recording.failing = 'The recordings folder cannot be written.';
    await start();
    expect(ffmpeg.last().plan).toMatchObject({ recording: null, live: { mode: 'handover' } });
    await ffmpeg.last().play(25);
    expect(status()).toMatchObject({
      phase: 'running',
      fault: { code: 'storage', detail: 'The recordings folder cannot be written.' },
    });
    expect(ffmpeg.runs).toHaveLength(1);
    recording.failing = null;
    await ffmpeg.last().play(15);
    await clock.advance(0);
    expect(ffmpeg.runs).toHaveLength(2);
    expect(ffmpeg.last().plan.recording).not.toBeNull();
    await ffmpeg.last().play(1);
    expect(status()).toMatchObject({ phase: 'running', fault: null, reconnects: 0 });
  });

  it('that is full ends FFmpeg once; then live view goes on and the disk is tried ever more rarely', async () => {
    const full = ['[error] av_interleaved_write_frame(): No space left on device'];
    await start();
    const triedAt: number[] = [];
    for (let round = 0; round < 4; round++) {
      expect(ffmpeg.last().plan.recording).not.toBeNull();
      triedAt.push(clock.monotonicUs() / 1e6);
      await ffmpeg.last().play(1);
      ffmpeg.last().exit(1, full);
      await clock.advance(5000);
      const blind = ffmpeg.last();
      expect(blind.plan.recording).toBeNull();
      await blind.play(1);
      expect(status()).toMatchObject({ phase: 'running', fault: { code: 'storage' } });
      await blind.play(400);
      await clock.advance(0);
    }
    const gaps = triedAt.slice(1).map((time, index) => time - (triedAt[index] ?? 0));
    expect(gaps[0]).toBeGreaterThan(10);
    expect(gaps[2]).toBeGreaterThan((gaps[0] ?? 0) + 30);
  });
});

describe('a disk that is too slow', () => {
  it('is shown for a minute while everything goes on', async () => {
    await start();
    await ffmpeg.last().play(5);
    ffmpeg.last().events.onOverflow();
    expect(status()).toMatchObject({ phase: 'running', fault: { code: 'storage' } });
    await ffmpeg.last().play(50);
    expect(status().fault?.code).toBe('storage');
    await ffmpeg.last().play(25);
    expect(status()).toMatchObject({ phase: 'running', fault: null });
    expect(ffmpeg.runs).toHaveLength(1);
  });
});

describe('live view that fails', () => {
  it('does not keep the recording from running, and is had as soon as it is back', async () => {
    live.failing = true;
    await start();
    expect(ffmpeg.last().plan).toMatchObject({ live: { mode: 'none' } });
    expect(ffmpeg.last().plan.recording).not.toBeNull();
    await ffmpeg.last().play(15);
    expect(status()).toMatchObject({ phase: 'running', fault: { code: 'internal' } });
    live.failing = false;
    await ffmpeg.last().play(10);
    await clock.advance(0);
    expect(ffmpeg.runs).toHaveLength(2);
    expect(ffmpeg.last().plan.live.mode).toBe('handover');
  });
});

describe('what else may fail', () => {
  it('says that the password cannot be read, and tries again', async () => {
    let readable = false;
    await start({
      endpoint: () =>
        readable
          ? Promise.resolve(endpoint)
          : Promise.reject(new VasError('unavailable', 'The key store is locked.')),
    });
    expect(status()).toMatchObject({
      phase: 'backing-off',
      fault: { code: 'no_credentials', detail: 'The key store is locked.' },
    });
    readable = true;
    await clock.advance(500);
    expect(ffmpeg.runs).toHaveLength(1);
  });

  it('says what is wrong when FFmpeg cannot even be asked, and keeps trying', async () => {
    let broken = true;
    const { runner } = ffmpeg;
    const failing = createIngest({
      ...{ ffmpegPath: 'ffmpeg', clock, log: silentLogger(), live, recording, onInfo: () => undefined },
      runner: (...args) => {
        if (broken) throw new VasError('invalid', 'User and password are too long together.');
        return runner(...args);
      },
    });
    failing.start(spec());
    await clock.advance(0);
    expect(failing.status(CAMERA)).toMatchObject({
      phase: 'backing-off',
      fault: { code: 'internal', detail: 'User and password are too long together.' },
    });
    // Only the wait for the next attempt is left.
    expect(clock.pendingTimers).toBe(1);
    broken = false;
    await clock.advance(500);
    expect(failing.status(CAMERA)?.pid).toBe(1000);
    await failing.dispose();
  });

  it('never lets a run begin before the end of the one before, not even of one that ran ahead', async () => {
    await start();
    await ffmpeg.last().play(3);
    ffmpeg.last().progress(100, 9);
    const endUs = recording.open[0]?.clock.wallUsAt(9) ?? 0;
    expect(endUs).toBeGreaterThan(clock.wallUs() + 5_000_000);
    ffmpeg.last().exit(0);
    await clock.advance(600);
    ffmpeg.last().progress(10, 0.5);
    expect(recording.open[1]?.clock.wallUsAt(0)).toBeGreaterThanOrEqual(endUs);
  });

  it('stops in every phase, at once', async () => {
    const phases: (() => Promise<void>)[] = [
      () => Promise.resolve(),
      () => clock.advance(0),
      async () => {
        await clock.advance(0);
        await ffmpeg.last().play(1);
      },
      async () => {
        await clock.advance(0);
        ffmpeg.last().exit(1, refused);
        await clock.advance(0);
        expect(status().phase).toBe('backing-off');
      },
    ];
    for (const reach of phases) {
      ingest.start(spec());
      await reach();
      const before = clock.monotonicUs();
      await ingest.stop(CAMERA);
      expect(clock.monotonicUs()).toBe(before);
      expect(history.at(-1)).toMatchObject({ phase: 'stopped', pid: null, fault: null });
      expect(clock.pendingTimers).toBe(0);
    }
    await ingest.stop(CAMERA);
  });

  it('does not wait for outputs that hang when it is stopped', async () => {
    let arrive: (value: { pattern: string; segmentSeconds: number; fragmentSeconds: number }) => void = () =>
      undefined;
    recording.openRun = (run) => {
      recording.open.push(run);
      return new Promise((resolve) => (arrive = resolve));
    };
    await start();
    expect(ffmpeg.runs).toHaveLength(0);
    await ingest.stop(CAMERA);
    expect(recording.closed).toHaveLength(0);
    arrive({ pattern: '/x/%05d.mp4', segmentSeconds: 1, fragmentSeconds: 1 });
    await clock.advance(0);
    expect(recording.closed).toHaveLength(1);
  });

  it('gives the time of one run to the next: footage never overlaps, even over a stop', async () => {
    await start();
    await ffmpeg.last().play(20);
    const first = recording.open[0]?.clock;
    const endUs = first?.wallUsAt(20) ?? 0;
    await ingest.stop(CAMERA);
    clock.stepWall(-3_600_000_000);
    await clock.advance(1000);
    await start();
    await ffmpeg.last().play(3);
    const startUs = recording.open[1]?.clock.wallUsAt(0) ?? 0;
    expect(startUs).toBeGreaterThanOrEqual(endUs);
    expect(startUs - endUs).toBeLessThan(2_000_000);
  });
});
