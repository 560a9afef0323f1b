import { describe, expect, it } from 'vitest';
import { VasError } from '../../base/errors';
import { silentLogger } from '../../base/logger';
import { keyStoreFailure } from '../cameras/ports';
import { createIngest } from './ingest';
import {
  CAMERA,
  clock,
  endpoint,
  ffmpeg,
  history,
  ingest,
  live,
  recording,
  refused,
  spec,
  start,
  status,
} from './testing/supervised';

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
