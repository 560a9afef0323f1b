import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../base/clock';
import { silentLogger } from '../../base/logger';
import type { Child } from '../process/child';
import type { StreamInfo } from '../streams';
import type { Live } from './live';
import { createLive } from './live';
import type { Observation } from './testing/liveWindow';
import { LiveWindow } from './testing/liveWindow';
import { runtime } from './testing/runtime';
import { startSender } from './testing/sender';
import { HEVC, HIGH, infoOf } from './testing/streamInfo';
import { waitFor } from './testing/waitFor';

// A real WebRTC receiver: only this finds crashes in the worker's DTLS, and only a browser shows what it
// makes of FFmpeg's time stamps, which begin anywhere after each start.
const CAMERA = '33333333-3333-4333-8333-333333333333';
let live: Live;
let window: LiveWindow;
let sender: Child | null = null;

beforeAll(async () => {
  const { workerBin, ffmpegPath } = runtime();
  live = createLive({ workerBin, ffmpegPath, clock: systemClock, log: silentLogger(), cores: 1 });
  window = await LiveWindow.open(live);
});

afterEach(async () => {
  await window.close('tile');
  await stop();
  await live.release(CAMERA);
  window.setPhase(CAMERA, 'stopped');
});

afterAll(async () => {
  await window?.dispose();
  await live?.dispose();
});

async function start(info: StreamInfo = HIGH, encoder: 'h264' | 'hevc' = 'h264', gop = 25): Promise<void> {
  sender = startSender(await live.prepare(CAMERA, info), { encoder, gop });
  live.running(CAMERA);
  window.setPhase(CAMERA, 'running');
}

async function stop(): Promise<void> {
  await sender?.stop(0);
  sender = null;
  live.ended(CAMERA);
  window.setPhase(CAMERA, 'backing-off');
}

const observed = (what: string, holds: (seen: Observation) => boolean, limitMs = 15_000) =>
  waitFor(
    what,
    async () => {
      const seen = await window.observe('tile');
      return holds(seen) ? seen : null;
    },
    limitMs,
  );
const playing = (pictures = 0) =>
  observed('live pictures', (seen) => seen.state === 'live' && seen.shown > pictures);

describe('a window', () => {
  it('plays High without transcoding, with hardly any jitter buffer', async () => {
    await start();
    await window.watch('tile', CAMERA);
    const { shown } = await playing(10);
    const seen = await playing(shown + 50);
    expect(seen).toMatchObject({
      width: 320,
      error: null,
      history: ['connecting', 'live'],
    });
    // None on a quiet machine; the figures are the bench's.
    expect(seen.framesDropped).toBeLessThan(10);
    expect(seen.jitterBufferMs).toBeLessThan(400);
    expect(live.stats().transcoders).toEqual([]);
  });

  it('goes on by itself over five restarts of the ingest, short and long ones', async () => {
    await start();
    await window.watch('tile', CAMERA);
    await playing(10);
    const producerId = live.producerOf(CAMERA)?.producerId;
    const { consumeCalls } = window;
    for (const outageMs of [300, 1000, 300, 4000, 1000]) {
      await stop();
      const before = await window.observe('tile');
      await delay(outageMs);
      await start();
      const after = await playing(before.shown + 25);
      // The same decoder went on.
      expect(after.framesDecoded).toBeGreaterThan((before.framesDecoded ?? 0) + 20);
      if (outageMs > 3000) expect(after.history).toContain('stalled');
    }
    expect(live.producerOf(CAMERA)?.producerId).toBe(producerId);
    // Nothing was fetched anew, by anybody.
    expect(window.consumeCalls).toBe(consumeCalls);
    expect(live.stats()).toMatchObject({ consumers: 1, transports: 1 });
  }, 90_000);

  it('says that it is stalled when pictures stop coming', async () => {
    await start();
    await window.watch('tile', CAMERA);
    await playing(10);
    process.kill(sender?.pid ?? 0, 'SIGSTOP');
    const since = Date.now();
    await observed('stalled', ({ state }) => state === 'stalled');
    expect(Date.now() - since).toBeGreaterThan(1500);
    process.kill(sender?.pid ?? 0, 'SIGCONT');
    const { shown } = await window.observe('tile');
    await playing(shown + 10);
  });

  it('changes to another producer, and recovers from a killed worker', async () => {
    await start();
    await window.watch('tile', CAMERA);
    await playing(10);
    await stop();
    await start(infoOf('h264', 'Main'));
    const second = await playing((await window.observe('tile')).shown + 20);
    const [worker] = live.stats().workers;
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await playing(second.shown + 40);
    expect(live.stats()).toMatchObject({ consumers: 1, transports: 1, producers: 1 });
    expect(sender?.pid).not.toBeNull();
  });

  it('plays H.265 through the transcoder', async () => {
    await start(HEVC, 'hevc');
    await window.watch('tile', CAMERA);
    const { shown } = await playing(5);
    await playing(shown + 50);
    expect(live.stats().transcoders).toHaveLength(1);
    await window.close('tile');
    await waitFor('the end of the transcoder', () => live.stats().transcoders.length === 0);
    expect(live.stats().consumers).toBe(0);
  });

  it('joins and leaves 20 times and leaves nothing behind', async () => {
    await start(HIGH, 'h264', 10);
    await window.watch('tile', CAMERA);
    await playing(5);
    const producerId = live.producerOf(CAMERA)?.producerId;
    for (let round = 0; round < 20; round++) {
      await window.close('tile');
      await window.watch('tile', CAMERA);
      if (round % 5 === 0) await playing(0);
    }
    await playing(5);
    await window.close('tile');
    await waitFor('the last consumer to go', () => live.stats().consumers === 0);
    expect(live.producerOf(CAMERA)?.producerId).toBe(producerId);
    expect(live.stats()).toMatchObject({ transports: 1, producers: 1 });
  });
});
