import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../base/logger';
import { startCameraServer, type CameraServer } from '../../../scripts/cameras/camera';
import { freePort, startSilentServer, startTalkingServer } from '../../../scripts/cameras/faults';
import { h264, h265, mjpeg } from '../../../scripts/cameras/launches';
import { mpeg4Camera } from '../../../scripts/cameras/senders';
import { transcodeReasons, type StreamEndpoint } from '../streams';
import { createPacketDumpParser, PacketStatistics } from './packetDump';
import { probeStream, type ProbeOptions, type ProbeResult } from './probe';

const options: ProbeOptions = { ffmpegPath: 'ffmpeg', log: silentLogger() };
const size = { width: 320, height: 180, kbps: 200 } as const;

/** FFmpeg processes that this process has started and that still run. */
async function children(): Promise<number> {
  let count = 0;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (/^\d+ \(ffmpeg\) [^Z] /.test(stat) && Number(stat.split(' ')[3]) === process.pid) count++;
  }
  return count;
}

function infoOf(result: ProbeResult) {
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.detail}`);
  return result.info;
}

describe('probeStream', () => {
  let server: CameraServer;
  const endpoint = (path: string, more: Partial<StreamEndpoint> = {}): StreamEndpoint => ({
    url: server.url(path),
    transport: 'tcp',
    credentials: null,
    ...more,
  });
  beforeAll(async () => {
    server = await startCameraServer();
  });
  afterAll(async () => {
    await server.stop();
    expect(await children()).toBe(0);
  });

  it('reports what WebRTC plays unchanged: High without B-frames, with sound', async () => {
    await server.mount({ path: '/high', launch: h264({ ...size, profile: 'high', audio: 'pcma' }) });
    const info = infoOf(await probeStream(endpoint('/high'), options));
    expect(info).toEqual({
      video: {
        codec: 'h264',
        profile: 'High',
        width: 320,
        height: 180,
        pixelFormat: 'yuv420p',
        fps: expect.closeTo(15, 0) as number,
        hasBFrames: false,
        gopSeconds: expect.closeTo(1, 1) as number,
      },
      audio: { codec: 'pcm_alaw', sampleRate: 8000, channels: 1 },
    });
    expect(transcodeReasons(info.video)).toEqual([]);
  });

  it('notices B-frames', async () => {
    await server.mount({ path: '/b', launch: h264({ ...size, profile: 'high', bFrames: 2 }) });
    const { video } = infoOf(await probeStream(endpoint('/b'), options));
    expect(video).toMatchObject({ codec: 'h264', hasBFrames: true });
    expect(video.gopSeconds).toBeCloseTo(1, 1);
    expect(transcodeReasons(video)).toEqual(['b_frames']);
  });

  it('notices 4:2:2, and stops looking at a long group of pictures', async () => {
    await server.mount({ path: '/422', launch: h264({ ...size, profile: 'high-4:2:2', gopSeconds: 30 }) });
    const { video } = infoOf(await probeStream(endpoint('/422'), options));
    expect(video).toMatchObject({ pixelFormat: 'yuv422p', hasBFrames: false, gopSeconds: null });
    expect(video.fps).toBeCloseTo(15, 0);
    expect(transcodeReasons(video)).toEqual(['chroma']);
  });

  it('reports H.265, Motion JPEG and MPEG-4', async () => {
    await server.mount({ path: '/h265', launch: h265({ ...size, audio: 'aac' }) });
    const info = infoOf(await probeStream(endpoint('/h265'), options));
    expect(info.video).toMatchObject({ codec: 'hevc', profile: 'Main', width: 320, hasBFrames: false });
    expect(info.audio).toEqual({ codec: 'aac', sampleRate: 48000, channels: 1 });
    expect(transcodeReasons(info.video)).toEqual(['codec']);

    await server.mount({ path: '/mjpeg', launch: mjpeg(size) });
    expect(infoOf(await probeStream(endpoint('/mjpeg'), options)).video).toMatchObject({ codec: 'mjpeg' });

    const sender = await mpeg4Camera();
    try {
      await server.mount({ path: '/mpeg4', launch: sender.launch });
      const old = infoOf(await probeStream(endpoint('/mpeg4'), options));
      expect(old.video).toMatchObject({ codec: 'mpeg4', width: 640, hasBFrames: false });
      expect(old.video.gopSeconds).toBeCloseTo(1, 1);
    } finally {
      await sender.stop();
    }
  });

  it('logs in with any password, over UDP too, and over TLS', async () => {
    const credentials = { username: 'admin', password: "p@:/#%'w" };
    await server.mount({
      path: '/locked',
      launch: h264(size),
      user: credentials.username,
      password: credentials.password,
    });
    expect((await probeStream(endpoint('/locked', { credentials }), options)).ok).toBe(true);
    expect((await probeStream(endpoint('/locked', { credentials, transport: 'udp' }), options)).ok).toBe(
      true,
    );
    const wrong = { ...credentials, password: 'wrong' };
    expect(await probeStream(endpoint('/locked', { credentials: wrong }), options)).toMatchObject({
      ok: false,
      fault: { code: 'unauthorized' },
    });
    const secure = await startCameraServer({ tls: true });
    try {
      await secure.mount({ path: '/cam', launch: h264(size) });
      const result = await probeStream(
        { url: secure.url('/cam'), transport: 'tcp', credentials: null },
        options,
      );
      expect(infoOf(result).video.codec).toBe('h264');
    } finally {
      await secure.stop();
    }
  });

  it('says why a camera cannot be used', async () => {
    const silent = await startSilentServer();
    const web = await startTalkingServer('HTTP/1.1 400 Bad Request\r\n\r\n');
    const at = (port: number): StreamEndpoint => ({
      url: `rtsp://127.0.0.1:${port}/x`,
      transport: 'tcp',
      credentials: null,
    });
    await server.mount({ path: '/udp', launch: h264(size), protocols: ['udp'] });
    try {
      const results = await Promise.all([
        probeStream(endpoint('/nowhere'), options),
        probeStream(at(await freePort()), options),
        probeStream(at(web.port), options),
        probeStream(at(silent.port), options),
        probeStream(at(silent.port), { ...options, timeoutMs: 1500 }),
        probeStream(endpoint('/udp'), options),
      ]);
      expect(results.map((result) => (result.ok ? 'ok' : result.fault.code))).toEqual([
        'not_found',
        'unreachable',
        'unsupported',
        'no_answer',
        'no_answer',
        'unsupported',
      ]);
      expect(results[4]?.elapsedMs).toBeLessThan(5000);
      expect(await children()).toBe(0);
    } finally {
      await Promise.all([silent.stop(), web.stop()]);
    }
  });

  it('ends at once when nobody wants to know any more', async () => {
    const silent = await startSilentServer();
    try {
      const controller = new AbortController();
      const probe = probeStream(
        { url: `rtsp://127.0.0.1:${silent.port}/x`, transport: 'tcp', credentials: null },
        { ...options, signal: controller.signal },
      );
      controller.abort(new Error('stopped'));
      await expect(probe).rejects.toThrow('stopped');
      expect(await children()).toBe(0);
    } finally {
      await silent.stop();
    }
  });

  it('throws when FFmpeg is missing or the address is none', async () => {
    await expect(
      probeStream(endpoint('/high'), { ...options, ffmpegPath: 'no-ffmpeg' }),
    ).rejects.toMatchObject({
      kind: 'unavailable',
    });
    await expect(probeStream(endpoint("/a'b"), options)).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('the packet statistics', () => {
  const of = (packets: [number | null, boolean][]): PacketStatistics => {
    const statistics = new PacketStatistics();
    for (const [pts, key] of packets) statistics.add({ stream: 0, key, pts, size: 1 });
    return statistics;
  };

  it('read what FFmpeg dumps', () => {
    const parse = createPacketDumpParser();
    const lines = [
      '[info] stream #0:',
      '[info]   keyframe=1',
      '[info]   duration=0.067',
      '[info]   dts=N/A  pts=N/A',
      '[info]   size=1649',
      '[info] stream #1:',
      '[info]   keyframe=0',
      '[null @ 0x1] [error] something between',
      '[info]   dts=-0.067  pts=-0.133',
      '[info]   size=307',
    ];
    expect(lines.map(parse).filter((packet) => packet !== null)).toEqual([
      { stream: 0, key: true, pts: null, size: 1649 },
      { stream: 1, key: false, pts: -0.133, size: 307 },
    ]);
  });

  it('count the first key frame although it has no time', () => {
    const packets: [number | null, boolean][] = [[null, true]];
    for (let i = 0; i < 20; i++) packets.push([i / 10, i === 9 || i === 19]);
    const statistics = of(packets.slice(0, 11));
    expect(statistics.fps).toBeCloseTo(10);
    expect(statistics.gopSeconds).toBeCloseTo(1);
    expect(statistics.decided).toBe(true);
    expect(of(packets).gopSeconds).toBeCloseTo(1);
  });

  it('take one step back for the clock being set, several for reordering', () => {
    const straight: [number, boolean][] = [0, 1, 2, 1.5, 2.5, 3.5, 4.5, 5.5].map((time) => [time, false]);
    expect(of(straight).hasBFrames).toBe(false);
    const reordered: [number, boolean][] = [0, 3, 1, 2, 6, 4, 5, 9, 7].map((time) => [time, false]);
    expect(of(reordered).hasBFrames).toBe(true);
  });

  it('know nothing from too little', () => {
    const statistics = of([
      [null, true],
      [0, false],
    ]);
    expect([statistics.fps, statistics.gopSeconds, statistics.decided]).toEqual([null, null, false]);
  });
});
