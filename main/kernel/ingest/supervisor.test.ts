import { describe, expect, it } from 'vitest';
import { INFO } from './testing/fakes';
import {
  answerProbe,
  CAMERA,
  clock,
  ffmpeg,
  history,
  infos,
  ingest,
  live,
  other,
  probes,
  recording,
  refused,
  seen,
  spec,
  start,
  status,
} from './testing/supervised';

describe('a stream that runs', () => {
  it('starts at once when its facts are known, and runs when pictures advance', async () => {
    await start();
    expect(probes).toBe(0);
    expect(status()).toMatchObject({
      phase: 'starting',
      pid: 1000,
      info: INFO,
    });
    ffmpeg.last().progress(0, 0);
    ffmpeg.last().progress(1, 0);
    expect(status().phase).toBe('starting');
    ffmpeg.last().progress(9, 0.5);
    expect(status()).toMatchObject({
      phase: 'running',
      fault: null,
      attempts: 0,
      reconnects: 0,
    });
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

  it('plans the sound of a main stream, and nothing but live view for a sub-stream', async () => {
    await start();
    expect(ffmpeg.last().plan).toMatchObject({
      audio: { mode: 'aac' },
      askAudio: true,
    });
    expect(ffmpeg.last().plan.recording?.pattern).toMatch(/%05d\.mp4$/);
    ingest.start(spec({ streamId: `${CAMERA}:sub` }));
    await clock.advance(0);
    expect(ffmpeg.last().plan).toMatchObject({
      audio: { mode: 'none' },
      askAudio: false,
      recording: null,
    });
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
    expect(status()).toMatchObject({
      phase: 'stalled',
      fault: { code: 'stalled' },
    });
    expect(ffmpeg.last().stops).toEqual([500]);
    await clock.advance(500);
    expect(status()).toMatchObject({
      phase: 'backing-off',
      attempts: 1,
      reconnects: 1,
      pid: null,
    });
    await clock.advance(500);
    expect(ffmpeg.runs).toHaveLength(2);
    await ffmpeg.last().play(1);
    expect(status()).toMatchObject({
      phase: 'running',
      fault: null,
      attempts: 0,
      reconnects: 1,
    });
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
      fault: {
        code: 'connection_lost',
        detail: 'The camera ended the stream.',
      },
      attempts: 1,
    });
    expect((status().retryAtUs ?? 0) - clock.wallUs()).toBe(500_000);
  });

  it('is given up when no picture comes, and retried', async () => {
    await start();
    await clock.advance(7900);
    expect(status().phase).toBe('starting');
    await clock.advance(400);
    expect(status()).toMatchObject({
      phase: 'backing-off',
      fault: { code: 'no_answer' },
      reconnects: 0,
    });
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
    answerProbe({ ok: true, info: other, elapsedMs: 1 });
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
    answerProbe({
      ok: false,
      fault: { code: 'unauthorized', detail: '401' },
      elapsedMs: 1,
    });
    await start({ info: null });
    expect(status()).toMatchObject({
      phase: 'backing-off',
      fault: { code: 'unauthorized' },
    });
    answerProbe({ ok: true, info: other, elapsedMs: 1 });
    await clock.advance(500);
    expect(status()).toMatchObject({
      phase: 'starting',
      info: other,
      pid: 1000,
    });
  });
});
