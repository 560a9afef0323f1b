import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveFixture } from './testing/fixture';
import { findProducer, gapsIn } from './testing/plainReceiver';
import { HIGH, infoOf } from './testing/streamInfo';
import { waitFor } from './testing/waitFor';

const CAMERA = '11111111-1111-4111-8111-111111111111';
let fixture: LiveFixture;

beforeEach(() => {
  fixture = new LiveFixture();
});

afterEach(() => fixture.dispose());

describe('viewers', () => {
  it('INV-09: join and leave 50 times without the producer noticing', async () => {
    const { producerId, target } = await fixture.run(CAMERA);
    const rtpCapabilities = await fixture.live.capabilities();
    const transport = await fixture.live.openTransport('window');
    const request = { transportId: transport.id, streamId: CAMERA, rtpCapabilities };
    for (let join = 0; join < 50; join++) {
      const consumer = await fixture.live.consume('window', request);
      expect(consumer.producerId).toBe(producerId);
      await fixture.live.resumeConsumer('window', consumer.id);
      expect(fixture.live.stats().consumers).toBe(1);
      fixture.live.closeConsumer('window', consumer.id);
    }
    expect(fixture.live.stats()).toMatchObject({ consumers: 0, transports: 1, producers: 1, pipes: 0 });
    expect(fixture.live.producerOf(CAMERA)?.producerId).toBe(producerId);
    const dump = await findProducer(producerId).router.dump();
    expect(dump.mapProducerIdConsumerIds).toEqual([{ key: producerId, values: [] }]);
    expect(target.mode).toBe('rtp');
  });

  it('cannot touch what belongs to another window', async () => {
    await fixture.run(CAMERA);
    const { transport, consumer } = await fixture.watch('first', CAMERA);
    const rtpCapabilities = await fixture.live.capabilities();
    const request = { transportId: transport.id, streamId: CAMERA, rtpCapabilities };
    await expect(fixture.live.consume('second', request)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(fixture.live.connectTransport('second', transport.id, {})).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(fixture.live.resumeConsumer('second', consumer.id)).rejects.toMatchObject({
      kind: 'not_found',
    });
    fixture.live.closeConsumer('second', consumer.id);
    fixture.live.closeTransport('second', transport.id);
    fixture.live.closeOwner('second');
    expect(fixture.live.stats()).toMatchObject({ consumers: 1, transports: 1 });
    fixture.live.closeOwner('first');
    expect(fixture.live.stats()).toMatchObject({ consumers: 0, transports: 0 });
  });

  it('are told why there is nothing to watch', async () => {
    const rtpCapabilities = await fixture.live.capabilities();
    const transport = await fixture.live.openTransport('window');
    const consume = (streamId: string, transportId = transport.id, capabilities: object = rtpCapabilities) =>
      fixture.live.consume('window', { transportId, streamId, rtpCapabilities: capabilities });
    await expect(consume(CAMERA)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('does not run'),
    });
    const target = await fixture.live.prepare(CAMERA, infoOf('vp8', '0'));
    expect(target).toMatchObject({ mode: 'none', reason: expect.stringContaining('vp8') });
    await expect(consume(CAMERA)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('vp8'),
    });
    await fixture.live.prepare('other', HIGH);
    await expect(consume('other', 'nonsense')).rejects.toMatchObject({ kind: 'not_found' });
    await expect(consume('other', transport.id, { codecs: 'x' })).rejects.toMatchObject({
      kind: 'bad_request',
    });
    await expect(consume('other', transport.id, { codecs: [] })).rejects.toMatchObject({
      kind: 'bad_request',
    });
    await expect(
      fixture.live.connectTransport('window', transport.id, { fingerprints: 7 }),
    ).rejects.toMatchObject({
      kind: 'bad_request',
    });
    expect(fixture.live.stats().consumers).toBe(0);
  });

  it('that go while their transport is being made leave nothing', async () => {
    const opening = fixture.live.openTransport('window');
    fixture.live.closeOwner('window');
    await expect(opening).rejects.toMatchObject({ kind: 'unavailable' });
    expect(fixture.live.stats().transports).toBe(0);
  });
});

describe('several workers', () => {
  beforeEach(async () => {
    await fixture.dispose();
    fixture = new LiveFixture({ cores: 2, streamsPerWorker: 1 });
  });

  it('are started one by one, at most one a core, and carry producers to where the window is', async () => {
    expect(fixture.live.stats().workers).toHaveLength(0);
    const a = await fixture.run('a');
    expect(fixture.live.stats().workers).toHaveLength(1);
    const b = await fixture.run('b');
    await fixture.run('c');
    expect(fixture.live.stats().workers).toHaveLength(2);
    const rtpCapabilities = await fixture.live.capabilities();
    const transport = await fixture.live.openTransport('window');
    const consume = (streamId: string) =>
      fixture.live.consume('window', { transportId: transport.id, streamId, rtpCapabilities });
    // Two first viewers at once share one pipe (W-20).
    const consumers = await Promise.all(['a', 'a', 'b', 'b'].map(consume));
    expect(consumers.map(({ producerId }) => producerId)).toEqual([
      ...[a.producerId, a.producerId],
      ...[b.producerId, b.producerId],
    ]);
    expect(fixture.live.stats()).toMatchObject({ pipes: 1, consumers: 4, producers: 3 });
    for (const { id } of consumers) fixture.live.closeConsumer('window', id);
    expect(fixture.live.stats()).toMatchObject({ pipes: 0, consumers: 0 });
    // And it opens again.
    await consume('a');
    await consume('b');
    expect(fixture.live.stats()).toMatchObject({ pipes: 1, consumers: 2 });
    fixture.live.closeOwner('window');
    expect(fixture.live.stats()).toMatchObject({ pipes: 0, consumers: 0, transports: 0 });
  });

  it('carry pictures through a pipe and over a reconnect', async () => {
    const a = await fixture.run('a');
    const b = await fixture.run('b');
    const transports = [await fixture.live.openTransport('w1'), await fixture.live.openTransport('w2')];
    const rtpCapabilities = await fixture.live.capabilities();
    // One window on each worker: each stream is piped to the other one.
    for (const [index, { id }] of transports.entries())
      for (const streamId of ['a', 'b'])
        await fixture.live.consume(`w${index + 1}`, { transportId: id, streamId, rtpCapabilities });
    expect(fixture.live.stats().pipes).toBe(2);
    const piped = await fixture.receive(a.producerId);
    await waitFor('packets', () => piped.packets.length > 20);
    await fixture.end('a', a.sender);
    const again = await fixture.run('a');
    expect(again.producerId).toBe(a.producerId);
    const before = piped.packets.length;
    await waitFor('packets after the reconnect', () => piped.packets.length > before + 20);
    expect(gapsIn(piped.packets)).toEqual([]);
    expect(b.producerId).toBe(fixture.live.producerOf('b')?.producerId);
  });
});
