import { describe, expect, it } from 'vitest';
import { INFO } from './testing/fakes';
import { CAMERA, clock, ffmpeg, live, probes, recording, refused, start, status } from './testing/supervised';

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
