import { createSocket } from 'node:dgram';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../base/clock';
import { silentLogger } from '../../base/logger';
import { createLive } from './live';
import { LiveFixture } from './testing/fixture';
import { findProducer, gapsIn } from './testing/plainReceiver';
import { startSender } from './testing/sender';
import { HIGH, infoOf } from './testing/streamInfo';
import { waitFor } from './testing/waitFor';

const CAMERA = '11111111-1111-4111-8111-111111111111';
let fixture: LiveFixture;

beforeEach(() => {
  fixture = new LiveFixture();
});

afterEach(() => fixture.dispose());

describe('a stream that WebRTC plays unchanged', () => {
  it('reaches a receiver packet by packet', async () => {
    const { producerId } = await fixture.run(CAMERA);
    const receiver = await fixture.receive(producerId);
    await waitFor('40 packets', () => receiver.packets.length >= 40);
    expect(receiver.packets[0]?.nals).toContain(7);
    const types = new Set(receiver.packets.flatMap(({ nals }) => nals));
    expect([...types]).toEqual(expect.arrayContaining([1, 5, 7, 8]));
    expect(gapsIn(receiver.packets)).toEqual([]);
    expect(fixture.live.producerOf(CAMERA)).toEqual({ producerId });
  });

  it('INV-10: keeps its producer over reconnects, with an unbroken numbering on both sides', async () => {
    let changes = 0;
    fixture.live.onProducersChanged(() => (changes += 1));
    const first = await fixture.run(CAMERA);
    const receiver = await fixture.receive(first.producerId);
    let { target, sender } = first;
    for (let round = 0; round < 3; round++) {
      const before = receiver.packets.length;
      await waitFor('packets', () => receiver.packets.length >= before + 30);
      await fixture.end(CAMERA, sender);
      const [stats] = await findProducer(first.producerId).producer.getStats();
      const sent = stats?.packetCount ?? 0;
      const next = await fixture.run(CAMERA);
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
    const first = await fixture.run(CAMERA);
    const receiver = await fixture.receive(first.producerId);
    await waitFor('packets', () => receiver.packets.length > 0);
    await fixture.end(CAMERA, first.sender);
    const second = await fixture.run(CAMERA, infoOf('h264', 'Main'));
    expect(second.producerId).not.toBe(first.producerId);
    expect(receiver.consumer.closed).toBe(true);
    const target = await fixture.live.prepare(CAMERA, infoOf('hevc', 'Main'));
    expect(target.mode).toBe('handover');
    const third = fixture.live.producerOf(CAMERA)?.producerId;
    expect(third).toBeTruthy();
    expect(third).not.toBe(second.producerId);
    expect(fixture.live.stats().producers).toBe(1);
  });

  it('gets other ports when a stranger has taken those of the last run', async () => {
    const first = await fixture.run(CAMERA);
    await fixture.end(CAMERA, first.sender);
    const stranger = createSocket('udp4');
    await new Promise<void>((resolve) =>
      stranger.bind(first.target.localRtpPort, '127.0.0.1', () => resolve()),
    );
    try {
      const second = await fixture.run(CAMERA);
      expect(second.target.localRtpPort).not.toBe(first.target.localRtpPort);
      const receiver = await fixture.receive(second.producerId);
      await waitFor('packets', () => receiver.packets.length > 20);
    } finally {
      await new Promise<void>((resolve) => stranger.close(() => resolve()));
    }
  });

  it('takes no pictures from anybody but its own FFmpeg (W-68)', async () => {
    const { producerId, sender, target } = await fixture.run(CAMERA);
    const receiver = await fixture.receive(producerId);
    await waitFor('packets', () => receiver.packets.length > 20);
    await fixture.end(CAMERA, sender);
    const [before] = await findProducer(producerId).producer.getStats();
    const { localRtpPort: _own, localRtcpPort: _owned, ...rest } = target;
    const intruder = startSender({ ...rest, localRtpPort: 19_998, localRtcpPort: 19_999 });
    fixture.keep(intruder);
    await delay(1500);
    const [after] = await findProducer(producerId).producer.getStats();
    expect(after?.packetCount).toBe(before?.packetCount);
  });

  it('INV-02: names no media time to FFmpeg unless somebody asks for the times of pictures', async () => {
    const { target } = await fixture.run(CAMERA);
    expect(target).not.toHaveProperty('zeroUs');
    const timing = new LiveFixture({ timesPictures: true });
    try {
      const timed = await timing.run(CAMERA);
      expect(timed.target.zeroUs).toBeGreaterThan(0);
    } finally {
      await timing.dispose();
    }
  });

  it('INV-10: goes with release, and nothing else does', async () => {
    const first = await fixture.run(CAMERA);
    const other = await fixture.run('other');
    await fixture.end(CAMERA, first.sender);
    await fixture.live.release(CAMERA);
    expect(fixture.live.producerOf(CAMERA)).toBeNull();
    expect(fixture.live.producerOf('other')?.producerId).toBe(other.producerId);
    expect(fixture.live.stats().producers).toBe(1);
  });

  it('cannot be prepared while the worker cannot be started, and says so', async () => {
    const broken = createLive({
      workerBin: '/nonexistent/mediasoup-worker',
      ffmpegPath: 'ffmpeg',
      clock: systemClock,
      log: silentLogger(),
      cores: 1,
    });
    try {
      await expect(broken.prepare(CAMERA, HIGH)).rejects.toThrow('could not be started');
      await expect(broken.openTransport('w')).rejects.toMatchObject({ kind: 'unavailable' });
      expect(broken.stats().workers).toEqual([]);
    } finally {
      await broken.dispose();
    }
  });
});
