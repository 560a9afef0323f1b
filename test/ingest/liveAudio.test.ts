import dgram from 'node:dgram';
import { describe, expect, it, onTestFinished } from 'vitest';
import { h264 } from '../../scripts/cameras/launches';
import type { LiveTarget } from '../../main/kernel/streams';
import { Bench, eachOnBench, until } from './support';

const size = { width: 320, height: 180, kbps: 200 } as const;
const at = eachOnBench();

async function socketOn(port = 0): Promise<{ port: number; packets: Buffer[]; close(): Promise<void> }> {
  const socket = dgram.createSocket('udp4');
  const packets: Buffer[] = [];
  socket.on('message', (message) => packets.push(message));
  await new Promise<void>((resolve) => socket.bind({ port, address: '127.0.0.1', exclusive: true }, resolve));
  let closed = false;
  const close = async () => {
    if (!closed) await new Promise<void>((resolve) => socket.close(() => resolve()));
    closed = true;
  };
  onTestFinished(close);
  return { port: socket.address().port, packets, close };
}

const target = (rtpPort: number, localRtpPort: number): LiveTarget => ({
  ...{ mode: 'rtp', ip: '127.0.0.1', rtpPort, rtcpPort: rtpPort + 1, localRtpPort },
  ...{ localRtcpPort: localRtpPort + 1, ssrc: 0xdecafbad, payloadType: 8, firstSequence: 7 },
});

describe('sound for live listening', () => {
  it('is sent as the camera sends it, numbered from where it was told', async () => {
    await at.server.mount({ path: '/pcma', launch: h264({ ...size, audio: 'pcma' }) });
    const ear = await socketOn();
    const source = await socketOn();
    await source.close();
    at.bench.live.sound = target(ear.port, source.port);
    at.bench.start(at.server.url('/pcma'));
    await at.bench.reaches('running');
    await until('sound', () => ear.packets.length > 20);
    const [first] = ear.packets;
    expect((first?.[1] ?? 0) & 0x7f, 'payload type').toBe(8);
    expect(first?.readUInt16BE(2), 'sequence number').toBe(7);
    expect(first?.readUInt32BE(8), 'source').toBe(0xdecafbad);
    expect(new Set(ear.packets.at(-1)?.subarray(12)).size, 'not silence').toBeGreaterThan(8);
  });

  it('in AAC is handed over as MPEG-TS, to nobody as well', async () => {
    await at.server.mount({ path: '/aac', launch: h264({ ...size, audio: 'aac' }) });
    const free = await socketOn();
    await free.close();
    at.bench.live.sound = { mode: 'handover', ip: '127.0.0.1', port: free.port };
    at.bench.start(at.server.url('/aac'));
    await at.bench.reaches('running');
    await at.bench.records(2);
    const ear = await socketOn(free.port);
    await until('sound', () => ear.packets.length > 20);
    for (const packet of ear.packets) expect(packet[0]).toBe(0x47);
    expect(at.bench.ingest.status(Bench.id)).toMatchObject({ fault: null, reconnects: 0 });
  });

  it('that cannot be sent neither ends nor delays pictures, and comes when it can', async () => {
    await at.server.mount({ path: '/pcma', launch: h264({ ...size, audio: 'pcma' }) });
    const ear = await socketOn();
    const thief = await socketOn();
    at.bench.live.sound = target(ear.port, thief.port);
    at.bench.start(at.server.url('/pcma'));
    await at.bench.reaches('running');
    await at.bench.records(4);
    expect(ear.packets).toEqual([]);
    expect(at.bench.live.packets).toBeGreaterThan(40);
    expect(at.bench.ingest.status(Bench.id)).toMatchObject({ fault: null, reconnects: 0 });
    await thief.close();
    await until('sound', () => ear.packets.length > 5);
    expect(at.bench.ingest.status(Bench.id)).toMatchObject({ fault: null, reconnects: 0 });
  });

  it('that a camera has no more costs one look at it, not the pictures', async () => {
    await at.server.mount({ path: '/cam', launch: h264(size) });
    const ear = await socketOn();
    const source = await socketOn();
    await source.close();
    at.bench.live.sound = target(ear.port, source.port);
    const video = { codec: 'h264', profile: 'Main', width: 320, height: 180, pixelFormat: 'yuv420p' };
    at.bench.start(at.server.url('/cam'), {
      video: { ...video, fps: 15, hasBFrames: false, gopSeconds: 1 },
      audio: { codec: 'pcm_alaw', sampleRate: 8000, channels: 1 },
    });
    await at.bench.reaches('running');
    await at.bench.records(1);
    expect(at.bench.infos.at(-1)?.audio).toBeNull();
    expect(at.bench.history.map(({ fault }) => fault).filter((fault) => fault !== null)).toEqual([]);
  });
});
