import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../base/simulatedClock';
import { silentLogger } from '../../base/logger';
import type { Child } from '../process/child';
import type { Live } from './live';
import { createLive } from './live';
import { PlainReceiver, gapsIn } from './testing/plainReceiver';
import { runtime } from './testing/runtime';
import { startSender } from './testing/sender';
import { HEVC, infoOf } from './testing/streamInfo';
import { waitFor } from './testing/waitFor';

const CAMERA = '22222222-2222-4222-8222-222222222222';
let live: Live;
let clock: SimulatedClock;
const senders: Child[] = [];
const receivers: PlainReceiver[] = [];

beforeEach(() => {
  const { workerBin, ffmpegPath } = runtime();
  clock = new SimulatedClock();
  live = createLive({ workerBin, ffmpegPath, clock, log: silentLogger(), cores: 1 });
});

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
  await Promise.all(senders.splice(0).map((sender) => sender.stop(0)));
  await live.dispose();
  expect(clock.pendingTimers).toBe(0);
});

async function run(encoder: 'hevc' | 'bframes', info = HEVC): Promise<Child> {
  const sender = startSender(await live.prepare(CAMERA, info), { encoder });
  senders.push(sender);
  live.running(CAMERA);
  return sender;
}

async function watch(owner = 'window') {
  const { id: transportId } = await live.openTransport(owner);
  const rtpCapabilities = await live.capabilities();
  return live.consume(owner, { transportId, streamId: CAMERA, rtpCapabilities });
}

async function receive(): Promise<PlainReceiver> {
  const receiver = await PlainReceiver.open(live.producerOf(CAMERA)?.producerId ?? '');
  receivers.push(receiver);
  return receiver;
}

const pid = () => live.stats().transcoders[0]?.pid ?? null;
const niceness = (of: number) =>
  Number(spawnSync('ps', ['-o', 'ni=', '-p', String(of)], { encoding: 'utf8' }).stdout.trim());

describe('a stream that WebRTC cannot play', () => {
  it('is transcoded from the first viewer to the last, with the producer always there', async () => {
    await run('hevc');
    const producer = live.producerOf(CAMERA);
    expect(producer).not.toBeNull();
    expect(pid()).toBeNull();
    const receiver = await receive();

    const first = await watch('w1');
    const second = await watch('w2');
    expect(first.producerId).toBe(producer?.producerId);
    const running = await waitFor('the transcoder', pid);
    await waitFor('key picture', () => receiver.packets.some(({ nals }) => nals.includes(5)));
    await waitFor('pictures', () => receiver.packets.length > 60);
    expect(niceness(running)).toBe(5);

    live.closeConsumer('w1', first.id);
    await clock.advance(5000);
    expect(pid()).toBe(running);
    live.closeConsumer('w2', second.id);
    await clock.advance(900);
    expect(pid()).toBe(running);
    await clock.advance(200);
    await waitFor('the end of the transcoder', () => pid() === null);
    expect(() => process.kill(running, 0)).toThrow('ESRCH');

    const before = receiver.packets.length;
    await watch('w3');
    await waitFor('pictures again', () => receiver.packets.length > before + 60);
    expect(receiver.packets[before]?.nals).toContain(7);
    expect(gapsIn(receiver.packets)).toEqual([]);
    expect(live.producerOf(CAMERA)?.producerId).toBe(producer?.producerId);
  });

  it('has no B-frames afterwards: pictures come in the order of their time stamps', async () => {
    await run('bframes', infoOf('h264', 'High', { hasBFrames: true }));
    const receiver = await receive();
    await watch();
    await waitFor('pictures', () => receiver.packets.length > 150);
    const steps = receiver.packets
      .slice(1)
      .map(({ timestamp }, index) => (timestamp - (receiver.packets[index]?.timestamp ?? 0)) | 0);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
    // 25 pictures a second on a 90 kHz clock.
    expect(steps.filter((step) => step > 0).every((step) => step % 3600 === 0)).toBe(true);
  });

  it('is transcoded again after the transcoder was killed, later and later', async () => {
    await run('hevc');
    const { producerId } = await watch();
    for (const backOffMs of [500, 1000, 2000]) {
      const victim = await waitFor('the transcoder', pid);
      process.kill(victim, 'SIGKILL');
      await waitFor('its end', () => pid() === null);
      await clock.advance(backOffMs - 10);
      expect(pid()).toBeNull();
      await clock.advance(20);
      expect(await waitFor('another one', pid)).not.toBe(victim);
    }
    const receiver = await receive();
    await waitFor('pictures', () => receiver.packets.length > 30);
    expect(live.producerOf(CAMERA)?.producerId).toBe(producerId);
    expect(live.stats().consumers).toBe(1);
  });

  it('that sends no pictures is ended and started again', async () => {
    // Nothing is sent to the hand-over, so nothing can come out.
    await live.prepare(CAMERA, HEVC);
    await watch();
    const victim = await waitFor('the transcoder', pid);
    process.kill(victim, 'SIGSTOP');
    await clock.advance(30_000);
    expect(pid()).toBe(victim);
    await clock.advance(2000);
    await waitFor('its end', () => pid() !== victim);
    await clock.advance(1000);
    await waitFor('another one', () => pid() !== null && pid() !== victim);
  });

  it('starts afresh with each run of the ingest and rests while there is none', async () => {
    const sender = await run('hevc');
    const { producerId } = await watch();
    const first = await waitFor('the transcoder', pid);
    await sender.stop(0);
    live.ended(CAMERA);
    await clock.advance(1500);
    await waitFor('its end', () => pid() === null);
    await clock.advance(20_000);
    expect(pid()).toBeNull();
    await run('hevc');
    expect(await waitFor('another one', pid)).not.toBe(first);
    const receiver = await receive();
    await waitFor('pictures', () => receiver.packets.length > 30);
    expect(live.producerOf(CAMERA)?.producerId).toBe(producerId);
  });

  it('is let go entirely by release and by a killed worker', async () => {
    await run('hevc');
    await watch();
    const first = await waitFor('the transcoder', pid);
    // Without its consumers nobody watches any more.
    process.kill(live.stats().workers[0]?.pid ?? 0, 'SIGKILL');
    await waitFor('the loss', () => live.stats().consumers === 0);
    await clock.advance(1100);
    await waitFor('its end', () => pid() !== first);
    await waitFor('another producer', () => live.producerOf(CAMERA));
    await watch();
    const second = await waitFor('the transcoder again', pid);
    await live.release(CAMERA);
    expect(() => process.kill(second, 0)).toThrow('ESRCH');
    // The worker tells a moment later that the consumers ended with their producer.
    await waitFor('the end of its consumers', () => live.stats().consumers === 0);
    expect(live.stats()).toMatchObject({ producers: 0, consumers: 0, transcoders: [] });
  });
});
