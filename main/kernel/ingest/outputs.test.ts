import { describe, expect, it } from 'vitest';
import { VasError } from '../../base/errors';
import { CAMERA, clock, ffmpeg, ingest, live, recording, start, status } from './testing/supervised';

const seconds = (): number => clock.monotonicUs() / 1e6;

describe('a recording and a live view that both fail', () => {
  it('come back one without the other: a recording does not wait for live view', async () => {
    live.failing = true;
    recording.failing = 'The disk is full.';
    await start();
    await ffmpeg.last().play(25);
    expect(status()).toMatchObject({ phase: 'running', fault: { code: 'storage' } });
    recording.failing = null;
    await ffmpeg.last().play(15);
    await clock.advance(0);
    expect(ffmpeg.runs).toHaveLength(2);
    expect(ffmpeg.last().plan).toMatchObject({ live: { mode: 'none' } });
    expect(ffmpeg.last().plan.recording).not.toBeNull();
    await ffmpeg.last().play(5);
    expect(status()).toMatchObject({ phase: 'running', fault: { code: 'internal' } });
    live.failing = false;
    await ffmpeg.last().play(15);
    await clock.advance(0);
    expect(ffmpeg.runs).toHaveLength(3);
    expect(ffmpeg.last().plan.live.mode).toBe('handover');
    await ffmpeg.last().play(5);
    expect(status()).toMatchObject({ phase: 'running', fault: null });
  });
});

describe('live view that is there when it is asked for and gone with the next run', () => {
  it('interrupts the recording ever more rarely', async () => {
    let asked = 0;
    live.prepare = () =>
      asked++ % 2 === 0
        ? Promise.reject(new VasError('unavailable', 'no worker'))
        : Promise.resolve(live.target);
    const startedAt: number[] = [];
    await start();
    for (let round = 0; round < 5; round++) {
      startedAt.push(seconds());
      expect(ffmpeg.last().plan.recording).not.toBeNull();
      await ffmpeg.last().play(400);
      await clock.advance(0);
    }
    const gaps = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0));
    for (let index = 1; index < gaps.length; index++)
      expect(gaps[index]).toBeGreaterThan((gaps[index - 1] ?? 0) * 1.4);
  });
});

describe('a disk that hangs', () => {
  it('keeps live view waiting for five seconds only, and is recorded to again when it answers', async () => {
    const answers: (() => void)[] = [];
    let hangs = true;
    recording.openRun = (run) => {
      recording.open.push(run);
      const target = { pattern: `/x/${run.runId}/%05d.mp4`, segmentSeconds: 60, fragmentSeconds: 0.5 };
      return hangs ? new Promise((resolve) => answers.push(() => resolve(target))) : Promise.resolve(target);
    };
    await start();
    await clock.advance(4900);
    expect(ffmpeg.runs).toHaveLength(0);
    await clock.advance(100);
    expect(ffmpeg.last().plan).toMatchObject({ recording: null, live: { mode: 'handover' } });
    await ffmpeg.last().play(120);
    expect(status()).toMatchObject({
      phase: 'running',
      fault: { code: 'storage', detail: expect.stringContaining('did not answer') as string },
    });
    // What was asked of the disk does not pile up while it says nothing.
    expect(answers).toHaveLength(1);
    hangs = false;
    answers[0]?.();
    await ffmpeg.last().play(15);
    await clock.advance(0);
    expect(ffmpeg.runs).toHaveLength(2);
    expect(ffmpeg.last().plan.recording).not.toBeNull();
    await ffmpeg.last().play(1);
    expect(status()).toMatchObject({ phase: 'running', fault: null, reconnects: 0 });
  });

  it('holds up no stop', async () => {
    recording.openRun = () => new Promise(() => undefined);
    await start();
    const before = seconds();
    await ingest.stop(CAMERA);
    expect(seconds()).toBe(before);
    expect(ffmpeg.runs).toHaveLength(0);
  });
});
