import { createSocket } from 'node:dgram';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../base/clock';
import { silentLogger } from '../../base/logger';
import type { Child } from '../process/child';
import type { Live } from './live';
import { createLive } from './live';
import { PlainReceiver, findProducer, gapsIn } from './testing/plainReceiver';
import { runtime } from './testing/runtime';
import { HIGH, infoOf, rtpOf, startSender } from './testing/sender';
import { waitFor } from './testing/waitFor';

const CAMERA = '11111111-1111-4111-8111-111111111111';
const senders: Child[] = [];
const receivers: PlainReceiver[] = [];
let live: Live;

function create(options: { cores?: number; streamsPerWorker?: number } = {}): Live {
  const { workerBin, ffmpegPath } = runtime();
  return createLive({ workerBin, ffmpegPath, clock: systemClock, log: silentLogger(), cores: 2, ...options });
}

async function run(streamId: string, info = HIGH, encoder: 'h264' | 'hevc' = 'h264') {
  const target = rtpOf(await live.prepare(streamId, info));
  const sender = startSender(target, { encoder });
  senders.push(sender);
  live.running(streamId);
  const producerId = live.producerOf(streamId)?.producerId ?? '';
  return { target, sender, producerId };
}

async function end(streamId: string, sender: Child): Promise<void> {
  await sender.stop(0);
  live.ended(streamId);
}

async function receive(producerId: string): Promise<PlainReceiver> {
  const receiver = await PlainReceiver.open(producerId);
  receivers.push(receiver);
  return receiver;
}

async function watch(owner: string, streamId: string) {
  const transport = await live.openTransport(owner);
  const rtpCapabilities = await live.capabilities();
  const consumer = await live.consume(owner, { transportId: transport.id, streamId, rtpCapabilities });
  return { transport, consumer };
}

beforeEach(() => {
  live = create();
});

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
  await Promise.all(senders.splice(0).map((sender) => sender.stop(0)));
  await live.dispose();
});

describe('a stream that WebRTC plays unchanged', () => {
  it('reaches a receiver packet by packet', async () => {
    const { producerId } = await run(CAMERA);
    const receiver = await receive(producerId);
    await waitFor('40 packets', () => receiver.packets.length >= 40);
    expect(receiver.packets[0]?.nals).toContain(7);
    const types = new Set(receiver.packets.flatMap(({ nals }) => nals));
    expect([...types]).toEqual(expect.arrayContaining([1, 5, 7, 8]));
    expect(gapsIn(receiver.packets)).toEqual([]);
    expect(live.producerOf(CAMERA)).toEqual({ producerId, mode: 'copy', transcodeReasons: [] });
  });

  it('keeps its producer over reconnects, with an unbroken numbering on both sides', async () => {
    let changes = 0;
    live.onProducersChanged(() => (changes += 1));
    const first = await run(CAMERA);
    const receiver = await receive(first.producerId);
    let { target, sender } = first;
    for (let round = 0; round < 3; round++) {
      const before = receiver.packets.length;
      await waitFor('packets', () => receiver.packets.length >= before + 30);
      await end(CAMERA, sender);
      const [stats] = await findProducer(first.producerId).producer.getStats();
      const sent = stats?.packetCount ?? 0;
      const next = await run(CAMERA);
      expect(next.producerId).toBe(first.producerId);
      expect(next.target.firstSequence).toBe((first.target.firstSequence + sent) % 65_536);
      expect(next.target).toMatchObject({ rtpPort: target.rtpPort, localRtpPort: target.localRtpPort });
      expect(next.target.ssrc).toBe(target.ssrc);
      ({ target, sender } = next);
      const atRestart = receiver.packets.length;
      await waitFor('packets of the next run', () => receiver.packets.length >= atRestart + 30);
      // The first packet of a run that anyone sees is a key frame's.
      expect(receiver.packets[atRestart]?.nals).toContain(7);
    }
    expect(gapsIn(receiver.packets)).toEqual([]);
    const [stats] = await findProducer(first.producerId).producer.getStats();
    expect(stats).toMatchObject({ packetsDiscarded: 0, packetsLost: 0 });
    expect(changes).toBe(1);
  });

  it('gets another producer when codec or profile change', async () => {
    const first = await run(CAMERA);
    const receiver = await receive(first.producerId);
    await waitFor('packets', () => receiver.packets.length > 0);
    await end(CAMERA, first.sender);
    const second = await run(CAMERA, infoOf('h264', 'Main'));
    expect(second.producerId).not.toBe(first.producerId);
    expect(receiver.consumer.closed).toBe(true);
    const target = await live.prepare(CAMERA, infoOf('hevc', 'Main'));
    expect(target.mode).toBe('handover');
    expect(live.producerOf(CAMERA)).toMatchObject({ mode: 'transcode', transcodeReasons: ['codec'] });
    expect(live.producerOf(CAMERA)?.producerId).not.toBe(second.producerId);
    expect(live.stats().producers).toBe(1);
  });

  it('gets other ports when a stranger has taken those of the last run', async () => {
    const first = await run(CAMERA);
    await end(CAMERA, first.sender);
    const stranger = createSocket('udp4');
    await new Promise<void>((resolve) =>
      stranger.bind(first.target.localRtpPort, '127.0.0.1', () => resolve()),
    );
    try {
      const second = await run(CAMERA);
      expect(second.target.localRtpPort).not.toBe(first.target.localRtpPort);
      const receiver = await receive(second.producerId);
      await waitFor('packets', () => receiver.packets.length > 20);
    } finally {
      await new Promise<void>((resolve) => stranger.close(() => resolve()));
    }
  });

  it('takes no pictures from anybody but its own FFmpeg (W-68)', async () => {
    const { producerId, sender, target } = await run(CAMERA);
    const receiver = await receive(producerId);
    await waitFor('packets', () => receiver.packets.length > 20);
    await end(CAMERA, sender);
    const [before] = await findProducer(producerId).producer.getStats();
    const { localRtpPort: _own, localRtcpPort: _owned, ...rest } = target;
    const intruder = startSender({ ...rest, localRtpPort: 19_998, localRtcpPort: 19_999 });
    senders.push(intruder);
    await delay(1500);
    const [after] = await findProducer(producerId).producer.getStats();
    expect(after?.packetCount).toBe(before?.packetCount);
  });

  it('goes with release, and nothing else does', async () => {
    const first = await run(CAMERA);
    const other = await run('other');
    await end(CAMERA, first.sender);
    await live.release(CAMERA);
    expect(live.producerOf(CAMERA)).toBeNull();
    expect(live.producerOf('other')?.producerId).toBe(other.producerId);
    expect(live.stats().producers).toBe(1);
  });

  it('is not recorded less because the worker cannot be started', async () => {
    const broken = createLive({
      workerBin: '/nonexistent/mediasoup-worker',
      ffmpegPath: 'ffmpeg',
      clock: systemClock,
      log: silentLogger(),
      cores: 1,
    });
    try {
      const target = await broken.prepare(CAMERA, HIGH);
      expect(target).toMatchObject({ mode: 'none', reason: expect.stringContaining('could not be started') });
      await expect(broken.openTransport('w')).rejects.toMatchObject({ kind: 'unavailable' });
      expect(broken.stats().workers).toEqual([]);
    } finally {
      await broken.dispose();
    }
  });
});

describe('viewers', () => {
  it('join and leave 50 times without the producer noticing', async () => {
    const { producerId, target } = await run(CAMERA);
    const rtpCapabilities = await live.capabilities();
    const transport = await live.openTransport('window');
    const request = { transportId: transport.id, streamId: CAMERA, rtpCapabilities };
    for (let join = 0; join < 50; join++) {
      const consumer = await live.consume('window', request);
      expect(consumer.producerId).toBe(producerId);
      await live.resumeConsumer('window', consumer.id);
      expect(live.stats().consumers).toBe(1);
      live.closeConsumer('window', consumer.id);
    }
    expect(live.stats()).toMatchObject({ consumers: 0, transports: 1, producers: 1, pipes: 0 });
    expect(live.producerOf(CAMERA)?.producerId).toBe(producerId);
    const dump = await findProducer(producerId).router.dump();
    expect(dump.mapProducerIdConsumerIds).toEqual([{ key: producerId, values: [] }]);
    expect(target.mode).toBe('rtp');
  });

  it('cannot touch what belongs to another window', async () => {
    await run(CAMERA);
    const { transport, consumer } = await watch('first', CAMERA);
    const rtpCapabilities = await live.capabilities();
    const request = { transportId: transport.id, streamId: CAMERA, rtpCapabilities };
    await expect(live.consume('second', request)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(live.connectTransport('second', transport.id, {})).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(live.resumeConsumer('second', consumer.id)).rejects.toMatchObject({ kind: 'not_found' });
    live.closeConsumer('second', consumer.id);
    live.closeTransport('second', transport.id);
    live.closeOwner('second');
    expect(live.stats()).toMatchObject({ consumers: 1, transports: 1 });
    live.closeOwner('first');
    expect(live.stats()).toMatchObject({ consumers: 0, transports: 0 });
  });

  it('are told why there is nothing to watch', async () => {
    const rtpCapabilities = await live.capabilities();
    const transport = await live.openTransport('window');
    const consume = (streamId: string, transportId = transport.id, capabilities: object = rtpCapabilities) =>
      live.consume('window', { transportId, streamId, rtpCapabilities: capabilities });
    await expect(consume(CAMERA)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('does not run'),
    });
    const target = await live.prepare(CAMERA, infoOf('mjpeg', 'Baseline'));
    expect(target).toMatchObject({ mode: 'none', reason: expect.stringContaining('mjpeg') });
    await expect(consume(CAMERA)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('mjpeg'),
    });
    await live.prepare('other', HIGH);
    await expect(consume('other', 'nonsense')).rejects.toMatchObject({ kind: 'not_found' });
    await expect(consume('other', transport.id, { codecs: 'x' })).rejects.toMatchObject({
      kind: 'bad_request',
    });
    await expect(consume('other', transport.id, { codecs: [] })).rejects.toMatchObject({
      kind: 'bad_request',
    });
    await expect(live.connectTransport('window', transport.id, { fingerprints: 7 })).rejects.toMatchObject({
      kind: 'bad_request',
    });
    expect(live.stats().consumers).toBe(0);
  });

  it('that go while their transport is being made leave nothing', async () => {
    const opening = live.openTransport('window');
    live.closeOwner('window');
    await expect(opening).rejects.toMatchObject({ kind: 'unavailable' });
    expect(live.stats().transports).toBe(0);
  });
});

describe('several workers', () => {
  beforeEach(async () => {
    await live.dispose();
    live = create({ cores: 2, streamsPerWorker: 1 });
  });

  it('are started one by one, at most one a core, and carry producers to where the window is', async () => {
    expect(live.stats().workers).toHaveLength(0);
    const a = await run('a');
    expect(live.stats().workers).toHaveLength(1);
    const b = await run('b');
    await run('c');
    expect(live.stats().workers).toHaveLength(2);
    const rtpCapabilities = await live.capabilities();
    const transport = await live.openTransport('window');
    const consume = (streamId: string) =>
      live.consume('window', { transportId: transport.id, streamId, rtpCapabilities });
    // Two first viewers at once share one pipe (W-20).
    const consumers = await Promise.all(['a', 'a', 'b', 'b'].map(consume));
    expect(consumers.map(({ producerId }) => producerId)).toEqual([
      ...[a.producerId, a.producerId],
      ...[b.producerId, b.producerId],
    ]);
    expect(live.stats()).toMatchObject({ pipes: 1, consumers: 4, producers: 3 });
    for (const { id } of consumers) live.closeConsumer('window', id);
    expect(live.stats()).toMatchObject({ pipes: 0, consumers: 0 });
    // And it opens again.
    await consume('a');
    await consume('b');
    expect(live.stats()).toMatchObject({ pipes: 1, consumers: 2 });
    live.closeOwner('window');
    expect(live.stats()).toMatchObject({ pipes: 0, consumers: 0, transports: 0 });
  });

  it('carry pictures through a pipe and over a reconnect', async () => {
    const a = await run('a');
    const b = await run('b');
    const transports = [await live.openTransport('w1'), await live.openTransport('w2')];
    const rtpCapabilities = await live.capabilities();
    // One window on each worker: each stream is piped to the other one.
    for (const [index, { id }] of transports.entries())
      for (const streamId of ['a', 'b'])
        await live.consume(`w${index + 1}`, { transportId: id, streamId, rtpCapabilities });
    expect(live.stats().pipes).toBe(2);
    const piped = await receive(a.producerId);
    await waitFor('packets', () => piped.packets.length > 20);
    await end('a', a.sender);
    const again = await run('a');
    expect(again.producerId).toBe(a.producerId);
    const before = piped.packets.length;
    await waitFor('packets after the reconnect', () => piped.packets.length > before + 20);
    expect(gapsIn(piped.packets)).toEqual([]);
    expect(b.producerId).toBe(live.producerOf('b')?.producerId);
  });
});

describe('a worker that is killed', () => {
  it('is replaced while its FFmpegs go on', async () => {
    const closed: string[] = [];
    const lost: string[] = [];
    live.onTransportsClosed(({ ownerId }) => closed.push(ownerId));
    live.onIngressLost((ids) => lost.push(...ids));
    const { producerId, sender } = await run(CAMERA);
    const { transport } = await watch('window', CAMERA);
    const before = await receive(producerId);
    await waitFor('packets', () => before.packets.length > 20);
    const [worker] = live.stats().workers;
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    const next = await waitFor('another producer', () => {
      const now = live.producerOf(CAMERA);
      return now !== null && now.producerId !== producerId && now.producerId;
    });
    expect(closed).toEqual(['window']);
    expect(live.stats()).toMatchObject({ consumers: 0, transports: 0, producers: 1 });
    expect(live.stats().workers).toHaveLength(1);
    expect(live.stats().workers[0]?.pid).not.toBe(worker?.pid);
    // The same FFmpeg fills the new producer.
    const receiver = await receive(next);
    await waitFor('packets from the new worker', () => receiver.packets.length > 20);
    expect(lost).toEqual([]);
    await expect(
      live.consume('window', { transportId: transport.id, streamId: CAMERA, rtpCapabilities: {} }),
    ).rejects.toMatchObject({ kind: 'not_found' });
    await watch('window', CAMERA);
    // Its numbering is unknown, so the next run gets a fresh one.
    await end(CAMERA, sender);
    const third = await run(CAMERA);
    const last = await receive(third.producerId);
    await waitFor('packets of the next run', () => last.packets.length > 20);
  });

  it('asks for new runs when its ports were taken meanwhile', async () => {
    const { target } = await run(CAMERA);
    const lost: string[] = [];
    live.onIngressLost((ids) => lost.push(...ids));
    process.kill(live.stats().workers[0]?.pid ?? 0, 'SIGKILL');
    // Takes the worker's port as soon as the dead one has let go of it, well before another has started.
    let thief = createSocket('udp4');
    for (let bound = false; !bound;) {
      bound = await new Promise<boolean>((resolve) => {
        thief.once('error', () => resolve(false));
        thief.bind(target.rtpPort, '127.0.0.1', () => resolve(true));
      });
      if (!bound) thief = await new Promise((resolve) => thief.close(() => resolve(createSocket('udp4'))));
    }
    await waitFor('the event', () => lost.length > 0);
    expect(lost).toEqual([CAMERA]);
    expect(live.producerOf(CAMERA)).toBeNull();
    await new Promise<void>((resolve) => thief.close(() => resolve()));
    const again = rtpOf(await live.prepare(CAMERA, HIGH));
    expect(live.producerOf(CAMERA)).not.toBeNull();
    expect(again.mode).toBe('rtp');
  });
});

describe('dispose', () => {
  const descriptors = () => readdirSync('/proc/self/fd').length;

  it('leaves no process, socket or descriptor', async () => {
    const before = descriptors();
    const mine = create({ streamsPerWorker: 1 });
    for (const id of ['a', 'b']) {
      const target = rtpOf(await mine.prepare(id, HIGH));
      senders.push(startSender(target));
    }
    const rtpCapabilities = await mine.capabilities();
    for (const owner of ['w1', 'w2']) {
      const { id: transportId } = await mine.openTransport(owner);
      for (const streamId of ['a', 'b'])
        await mine.consume(owner, { transportId, streamId, rtpCapabilities });
    }
    const pids = mine.stats().workers.map(({ pid }) => pid);
    expect(pids).toHaveLength(2);
    await Promise.all(senders.splice(0).map((sender) => sender.stop(0)));
    await mine.dispose();
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(mine.stats()).toEqual({
      workers: [],
      producers: 0,
      consumers: 0,
      transports: 0,
      pipes: 0,
      transcoders: [],
    });
    await waitFor('descriptors to be given back', () => descriptors() <= before);
    await expect(mine.openTransport('w')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await mine.prepare('a', HIGH)).toMatchObject({ mode: 'none' });
  });
});
