import { createSocket } from 'node:dgram';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import { createLive } from './live';
import { SFU_PORTS } from './loopbackPorts';
import { LiveFixture, createTestLive } from './testing/fixture';
import { startSender } from './testing/sender';
import { HIGH, rtpOf } from './testing/streamInfo';
import { udpPortsOf } from './testing/udpPorts';
import { waitFor } from './testing/waitFor';

const CAMERA = '11111111-1111-4111-8111-111111111111';
let fixture: LiveFixture;

beforeEach(() => {
  fixture = new LiveFixture();
});

afterEach(() => fixture.dispose());

describe('a worker that hangs', () => {
  it('is ended and replaced', async () => {
    const { producerId } = await fixture.run(CAMERA);
    const pid = fixture.live.stats().workers[0]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    const next = await waitFor('another producer', () => {
      const now = fixture.live.producerOf(CAMERA);
      return now !== null && now.producerId !== producerId && now.producerId;
    });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    const receiver = await fixture.receive(next);
    await waitFor('packets from the new worker', () => receiver.packets.length > 20);
  });

  it('never answers at its start: the ingest waits for ten seconds, no longer', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'vas-live-'));
    const workerBin = path.join(folder, 'mute-worker');
    await writeFile(workerBin, '#!/bin/sh\nexec cat <&3 >/dev/null\n', { mode: 0o755 });
    const clock = new SimulatedClock();
    const mute = createLive({ workerBin, ffmpegPath: 'ffmpeg', clock, log: silentLogger(), cores: 1 });
    const failed = expect(mute.prepare(CAMERA, HIGH)).rejects.toThrow('not answer');
    await clock.advance(9_990);
    await clock.advance(20);
    await failed;
    await mute.dispose();
    await rm(folder, { recursive: true });
  });
});

describe('a worker that is killed', () => {
  it('is replaced while its FFmpegs go on', async () => {
    const closed: string[] = [];
    const lost: string[] = [];
    fixture.live.onTransportsClosed(({ ownerId }) => closed.push(ownerId));
    fixture.live.onIngressLost((ids) => lost.push(...ids));
    const { producerId, sender } = await fixture.run(CAMERA);
    const { transport } = await fixture.watch('window', CAMERA);
    const before = await fixture.receive(producerId);
    await waitFor('packets', () => before.packets.length > 20);
    const [worker] = fixture.live.stats().workers;
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    const next = await waitFor('another producer', () => {
      const now = fixture.live.producerOf(CAMERA);
      return now !== null && now.producerId !== producerId && now.producerId;
    });
    expect(closed).toEqual(['window']);
    expect(fixture.live.stats()).toMatchObject({ consumers: 0, transports: 0, producers: 1 });
    expect(fixture.live.stats().workers).toHaveLength(1);
    expect(fixture.live.stats().workers[0]?.pid).not.toBe(worker?.pid);
    // The same FFmpeg fills the new producer.
    const receiver = await fixture.receive(next);
    await waitFor('packets from the new worker', () => receiver.packets.length > 20);
    expect(lost).toEqual([]);
    await expect(
      fixture.live.consume('window', { transportId: transport.id, streamId: CAMERA, rtpCapabilities: {} }),
    ).rejects.toMatchObject({ kind: 'not_found' });
    await fixture.watch('window', CAMERA);
    // Its numbering is unknown, so the next run gets a fresh one.
    await fixture.end(CAMERA, sender);
    const third = await fixture.run(CAMERA);
    const last = await fixture.receive(third.producerId);
    await waitFor('packets of the next run', () => last.packets.length > 20);
  });

  it('asks for new runs when its ports were taken meanwhile', async () => {
    const { target } = await fixture.run(CAMERA);
    const lost: string[] = [];
    fixture.live.onIngressLost((ids) => lost.push(...ids));
    process.kill(fixture.live.stats().workers[0]?.pid ?? 0, 'SIGKILL');
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
    expect(fixture.live.producerOf(CAMERA)).toBeNull();
    await new Promise<void>((resolve) => thief.close(() => resolve()));
    const again = rtpOf(await fixture.live.prepare(CAMERA, HIGH));
    expect(fixture.live.producerOf(CAMERA)).not.toBeNull();
    expect(again.mode).toBe('rtp');
  });
});

const lies = (port: number, { min, max }: { min: number; max: number }): boolean =>
  port >= min && port <= max;

it('the SFU takes its own ports where none is given to an FFmpeg, those for windows apart', async () => {
  const { target } = await fixture.run(CAMERA);
  const { transport } = await fixture.watch('window', CAMERA);
  for (const port of [target.rtpPort, target.rtcpPort])
    expect(lies(port, SFU_PORTS.streams), String(port)).toBe(true);
  expect(transport.iceCandidates.length).toBeGreaterThan(0);
  for (const { port } of transport.iceCandidates)
    expect(lies(port, SFU_PORTS.windows), String(port)).toBe(true);
  expect(target.localRtpPort).toBeLessThan(SFU_PORTS.windows.min);
});

it('what workers pass to each other goes over ports for windows, too', async () => {
  const wide = createTestLive({ streamsPerWorker: 1 });
  try {
    const told: number[] = [];
    for (const id of ['a', 'b']) {
      const target = rtpOf(await wide.prepare(id, HIGH));
      told.push(target.rtpPort, target.rtcpPort);
      fixture.keep(startSender(target));
    }
    const rtpCapabilities = await wide.capabilities();
    const { id: transportId } = await wide.openTransport('w1');
    for (const streamId of ['a', 'b']) await wide.consume('w1', { transportId, streamId, rtpCapabilities });
    const { workers } = wide.stats();
    const others = workers.flatMap(({ pid }) => udpPortsOf(pid)).filter((port) => !told.includes(port));
    // One for the windows of each worker, and both ends of a pipe.
    expect(others.length).toBeGreaterThanOrEqual(workers.length + 2);
    for (const port of others) expect(lies(port, SFU_PORTS.windows), String(port)).toBe(true);
  } finally {
    await fixture.stopSenders();
    await wide.dispose();
  }
});

describe('dispose', () => {
  const descriptors = () => readdirSync('/proc/self/fd').length;

  it('leaves no process, socket or descriptor', async () => {
    const before = descriptors();
    const mine = createTestLive({ streamsPerWorker: 1 });
    for (const id of ['a', 'b']) {
      const target = rtpOf(await mine.prepare(id, HIGH));
      fixture.keep(startSender(target));
    }
    const rtpCapabilities = await mine.capabilities();
    for (const owner of ['w1', 'w2']) {
      const { id: transportId } = await mine.openTransport(owner);
      for (const streamId of ['a', 'b'])
        await mine.consume(owner, { transportId, streamId, rtpCapabilities });
    }
    const pids = mine.stats().workers.map(({ pid }) => pid);
    expect(pids).toHaveLength(2);
    await fixture.stopSenders();
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
    await expect(mine.prepare('a', HIGH)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
