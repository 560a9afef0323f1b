import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VasError } from '../../base/errors';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import type { LiveTarget } from '../streams';
import { LiveAudio } from './liveAudio';
import { LiveStreams } from './liveStreams';
import { pickPortPair } from './loopbackPorts';
import { FakePool } from './testing/fakePool';
import { HEVC, HIGH, infoOf, rtpOf } from './testing/streamInfo';

const CAMERA = '11111111-1111-4111-8111-111111111111';
let clock: SimulatedClock;
let workers: FakePool;
let streams: LiveStreams;
let audio: LiveAudio;

beforeEach(() => {
  clock = new SimulatedClock();
  workers = new FakePool();
  const options = { pool: workers.pool, ffmpegPath: 'ffmpeg', clock, log: silentLogger() };
  streams = new LiveStreams(options);
  audio = new LiveAudio(options);
});

afterEach(async () => {
  await streams.dispose();
  await audio.dispose();
  expect(clock.pendingTimers).toBe(0);
  expect(workers.leases).toBe(0);
});

describe('a stream that cannot be watched', () => {
  it('for the moment says so by failing, so that it is tried again, and can be had then', async () => {
    workers.failing = new VasError('unavailable', 'The worker was killed.');
    await expect(streams.prepare(CAMERA, HIGH)).rejects.toThrow('The worker was killed.');
    expect(() => streams.ingressOf(CAMERA)).toThrow('The worker was killed.');
    workers.failing = null;
    expect(await streams.prepare(CAMERA, HIGH)).toMatchObject({ mode: 'rtp' });
    expect(streams.producerOf(CAMERA)).not.toBeNull();
  });

  it('because nothing answers fails after ten seconds', async () => {
    workers.hanging = true;
    const preparing = streams.prepare(CAMERA, HIGH);
    const failed = expect(preparing).rejects.toMatchObject({ kind: 'timeout' });
    await clock.advance(9_990);
    await clock.advance(20);
    await failed;
    // Nobody waits for the one that hangs when the test ends.
    streams = new LiveStreams({ pool: workers.pool, ffmpegPath: 'ffmpeg', clock, log: silentLogger() });
    workers.leases = 0;
  });

  it('for good is none, without a failure', async () => {
    expect(await streams.prepare(CAMERA, infoOf('theora', 'x'))).toMatchObject({ mode: 'none' });
    expect(() => streams.ingressOf(CAMERA)).toThrow('theora');
  });
});

describe('the ports of a stream', () => {
  const handover = (target: LiveTarget): number => {
    if (target.mode !== 'handover') throw new Error(`expected a hand-over, got ${target.mode}`);
    return target.port;
  };
  const draw = (port: number) => pickPortPair(() => port);

  it('at which nobody listens yet are given to no other until it is released', async () => {
    const port = handover(await streams.prepare(CAMERA, HEVC));
    streams.ended(CAMERA);
    await expect(draw(port)).rejects.toMatchObject({ kind: 'unavailable' });
    await streams.release(CAMERA);
    (await draw(port)).release();
  });

  it('to which its FFmpeg is bound now and then are its own between runs', async () => {
    const { localRtpPort } = rtpOf(await streams.prepare(CAMERA, HIGH));
    streams.ended(CAMERA);
    await expect(draw(localRtpPort)).rejects.toMatchObject({ kind: 'unavailable' });
    await streams.release(CAMERA);
    (await draw(localRtpPort)).release();
  });

  it('are given back when it cannot be watched', async () => {
    workers.failing = new VasError('unavailable', 'no worker');
    await expect(streams.prepare(CAMERA, HEVC)).rejects.toThrow('no worker');
    workers.failing = null;
    const port = handover(await streams.prepare(CAMERA, HEVC));
    await streams.release(CAMERA);
    (await draw(port)).release();
  });

  it('for its sound are its own for one run', async () => {
    const sound = { codec: 'aac', sampleRate: 48_000, channels: 1 };
    const port = handover(await audio.prepare(CAMERA, sound));
    await expect(draw(port)).rejects.toMatchObject({ kind: 'unavailable' });
    audio.ended(CAMERA);
    await clock.advance(0);
    (await draw(port)).release();
    const copied = rtpOf(await audio.prepare(CAMERA, { codec: 'pcm_alaw', sampleRate: 8000, channels: 1 }));
    for (const each of [copied.rtpPort, copied.localRtpPort])
      await expect(draw(each)).rejects.toMatchObject({ kind: 'unavailable' });
    await audio.dispose();
    for (const each of [copied.rtpPort, copied.localRtpPort]) (await draw(each)).release();
  });
});
