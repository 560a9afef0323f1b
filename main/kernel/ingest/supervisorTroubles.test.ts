import { describe, expect, it } from 'vitest';
import { VasError } from '../../base/errors';
import { silentLogger } from '../../base/logger';
import { keyStoreFailure } from '../cameras/ports';
import { createIngest } from './ingest';
import { INFO } from './testing/fakes';
import {
  CAMERA,
  clock,
  endpoint,
  ffmpeg,
  history,
  ingest,
  live,
  probes,
  recording,
  refused,
  spec,
  start,
  status,
} from './testing/supervised';

describe('sound that makes trouble', () => {
  it.each([
    ['before it starts', 0, ['[aac @ 0x1] [error] Unsupported sample rate']],
    ['after it started', 3, ['[fatal] Too many packets buffered for output stream 1:0.']],
  ])(
    'is left out when it ends FFmpeg %s, and tried again by itself after ten minutes',
    async (_, seconds, stderr) => {
      await start();
      ffmpeg.last().report(INFO);
      await ffmpeg.last().play(seconds);
      ffmpeg.last().exit(1, stderr);
      await clock.advance(500);
      expect(ffmpeg.last().plan).toMatchObject({
        audio: { mode: 'none' },
        askAudio: false,
      });
      // The report without sound is no change: none was asked for.
      ffmpeg.last().report({ ...INFO, audio: null });
      await ffmpeg.last().play(60);
      expect([status().phase, probes]).toEqual(['running', 0]);
      ffmpeg.last().exit(0);
      await clock.advance(600);
      expect(ffmpeg.last().plan.askAudio).toBe(false);
      const before = ffmpeg.runs.length;
      await ffmpeg.last().play(538);
      expect(ffmpeg.runs).toHaveLength(before);
      await ffmpeg.last().play(3);
      expect(ffmpeg.runs).toHaveLength(before + 1);
      expect(ffmpeg.last().plan).toMatchObject({
        audio: { mode: 'aac' },
        askAudio: true,
      });
      await ffmpeg.last().play(3);
      expect(status()).toMatchObject({ phase: 'running', fault: null });
    },
  );

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
    expect(ffmpeg.last().plan).toMatchObject({
      audio: { mode: 'none' },
      askAudio: false,
    });
    expect(live.sounds.at(-1)).toMatch(/made trouble/);
    await ffmpeg.last().play(5);
    expect(status().phase).toBe('running');
  });

  it('cannot be listened to, and the pictures go on', async () => {
    live.failingSound = true;
    await start();
    expect(ffmpeg.last().plan).toMatchObject({
      audio: { mode: 'aac' },
      liveAudio: { mode: 'none' },
    });
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
  it('stops the recording, not live view nor its sound, and recording returns by itself', async () => {
    recording.failing = 'The recordings folder cannot be written.';
    await start();
    expect(ffmpeg.last().plan).toMatchObject({
      recording: null,
      live: { mode: 'handover' },
      audio: { mode: 'none' },
      liveAudio: { mode: 'handover' },
      askAudio: true,
    });
    expect(live.sounds).toEqual([`${CAMERA} pcm_alaw`]);
    await ffmpeg.last().play(25);
    expect(status()).toMatchObject({
      phase: 'running',
      fault: {
        code: 'storage',
        detail: 'The recordings folder cannot be written.',
      },
    });
    expect(ffmpeg.runs).toHaveLength(1);
    recording.failing = null;
    await ffmpeg.last().play(15);
    await clock.advance(0);
    expect(ffmpeg.runs).toHaveLength(2);
    expect(ffmpeg.last().plan.recording).not.toBeNull();
    await ffmpeg.last().play(1);
    expect(status()).toMatchObject({
      phase: 'running',
      fault: null,
      reconnects: 0,
    });
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
      expect(status()).toMatchObject({
        phase: 'running',
        fault: { code: 'storage' },
      });
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
    expect(status()).toMatchObject({
      phase: 'running',
      fault: { code: 'storage' },
    });
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
    expect(status()).toMatchObject({
      phase: 'running',
      fault: { code: 'internal' },
    });
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
          : Promise.reject(keyStoreFailure(new VasError('unavailable', 'The key store is locked.'))),
    });
    expect(status()).toMatchObject({
      phase: 'backing-off',
      fault: { code: 'no_credentials', detail: 'The key store is locked.' },
    });
    readable = true;
    await clock.advance(500);
    expect(ffmpeg.runs).toHaveLength(1);
  });

  it('does not take a database that cannot be read for a locked key store', async () => {
    await start({
      endpoint: () => Promise.reject(new VasError('unavailable', 'The database cannot be read.')),
    });
    expect(status()).toMatchObject({
      phase: 'backing-off',
      fault: { code: 'internal', detail: 'The database cannot be read.' },
    });
  });

  it('says what is wrong when FFmpeg cannot even be asked, and keeps trying', async () => {
    let broken = true;
    const { runner } = ffmpeg;
    const failing = createIngest({
      ...{
        ffmpegPath: 'ffmpeg',
        clock,
        log: silentLogger(),
        live,
        recording,
        onInfo: () => undefined,
      },
      runner: (...args) => {
        if (broken) throw new VasError('invalid', 'User and password are too long together.');
        return runner(...args);
      },
    });
    failing.start(spec());
    await clock.advance(0);
    expect(failing.status(CAMERA)).toMatchObject({
      phase: 'backing-off',
      fault: {
        code: 'internal',
        detail: 'User and password are too long together.',
      },
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
    // Six seconds ahead by its time stamps; what it is told lies at most one after the present.
    expect(endUs).toBeGreaterThan(clock.wallUs());
    expect(endUs).toBeLessThanOrEqual(clock.wallUs() + 1_000_000);
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
      expect(history.at(-1)).toMatchObject({
        phase: 'stopped',
        pid: null,
        fault: null,
      });
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
