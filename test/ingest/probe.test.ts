import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../main/base/logger';
import { startCameraServer, type CameraServer } from '../../scripts/cameras/camera';
import { freePort, startSilentServer, startTalkingServer } from '../../scripts/cameras/faults';
import { h264, h265, mjpeg } from '../../scripts/cameras/launches';
import { mpeg4Camera } from '../../scripts/cameras/senders';
import { transcodeReasons, type StreamEndpoint } from '../../main/kernel/streams';
import { probeStream } from '../../main/kernel/cameras/probe';
import { probeEndpoint, type ProbeOptions, type ProbeResult } from '../../main/kernel/ingest/probe';
import { children } from './support';

const options: ProbeOptions = { ffmpegPath: 'ffmpeg', log: silentLogger() };
const size = { width: 320, height: 180, kbps: 200 } as const;

function infoOf(result: ProbeResult) {
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.detail}`);
  return result.info;
}

describe('probing real cameras', () => {
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
    const info = infoOf(await probeEndpoint(endpoint('/high'), options));
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
    const { video } = infoOf(await probeEndpoint(endpoint('/b'), options));
    expect(video).toMatchObject({ codec: 'h264', hasBFrames: true });
    expect(video.gopSeconds).toBeCloseTo(1, 1);
    expect(transcodeReasons(video)).toEqual(['b_frames']);
  });

  it('notices 4:2:2, and stops looking at a long group of pictures', async () => {
    await server.mount({ path: '/422', launch: h264({ ...size, profile: 'high-4:2:2', gopSeconds: 30 }) });
    const { video } = infoOf(await probeEndpoint(endpoint('/422'), options));
    expect(video).toMatchObject({ pixelFormat: 'yuv422p', hasBFrames: false, gopSeconds: null });
    expect(video.fps).toBeCloseTo(15, 0);
    expect(transcodeReasons(video)).toEqual(['chroma']);
  });

  it('reports H.265, Motion JPEG and MPEG-4', async () => {
    await server.mount({ path: '/h265', launch: h265({ ...size, audio: 'aac' }) });
    const info = infoOf(await probeEndpoint(endpoint('/h265'), options));
    expect(info.video).toMatchObject({ codec: 'hevc', profile: 'Main', width: 320, hasBFrames: false });
    expect(info.audio).toEqual({ codec: 'aac', sampleRate: 48000, channels: 1 });
    expect(transcodeReasons(info.video)).toEqual(['codec']);

    await server.mount({ path: '/mjpeg', launch: mjpeg(size) });
    expect(infoOf(await probeEndpoint(endpoint('/mjpeg'), options)).video).toMatchObject({ codec: 'mjpeg' });

    const sender = await mpeg4Camera();
    try {
      await server.mount({ path: '/mpeg4', launch: sender.launch });
      const old = infoOf(await probeEndpoint(endpoint('/mpeg4'), options));
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
    expect((await probeEndpoint(endpoint('/locked', { credentials }), options)).ok).toBe(true);
    expect((await probeEndpoint(endpoint('/locked', { credentials, transport: 'udp' }), options)).ok).toBe(
      true,
    );
    const wrong = { ...credentials, password: 'wrong' };
    expect(await probeEndpoint(endpoint('/locked', { credentials: wrong }), options)).toMatchObject({
      ok: false,
      fault: { code: 'unauthorized' },
    });
    const secure = await startCameraServer({ tls: true });
    try {
      await secure.mount({ path: '/cam', launch: h264(size) });
      const result = await probeEndpoint(
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
        probeEndpoint(endpoint('/nowhere'), options),
        probeEndpoint(at(await freePort()), options),
        probeEndpoint(at(web.port), options),
        probeEndpoint(at(silent.port), options),
        probeEndpoint(at(silent.port), { ...options, timeoutMs: 1500 }),
        probeEndpoint(endpoint('/udp'), options),
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
      const probe = probeEndpoint(
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
      probeEndpoint(endpoint('/high'), { ...options, ffmpegPath: 'no-ffmpeg' }),
    ).rejects.toMatchObject({
      kind: 'unavailable',
    });
    await expect(probeEndpoint(endpoint("/a'b"), options)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('tells people what to do', async () => {
    const silent = await startSilentServer();
    const credentials = { username: 'admin', password: 'wrong-secret' };
    await server.mount({ path: '/asks', launch: h264(size), user: 'admin', password: 'right' });
    await server.mount({ path: '/udp-only', launch: h264(size), protocols: ['udp'] });
    const port = await freePort();
    try {
      const ask = async (target: StreamEndpoint): Promise<string> => {
        const answer = await probeStream(target, { ...options, timeoutMs: 3000 });
        return answer.valid ? 'valid' : `${answer.code}: ${answer.error}`;
      };
      const local = (to: number): StreamEndpoint => endpoint('/x', { url: `rtsp://127.0.0.1:${to}/x` });
      expect(await ask(endpoint('/asks'))).toMatch(/unauthorized: .*Enter both/);
      expect(await ask(endpoint('/asks', { credentials }))).toMatch(
        /unauthorized: .*refused user or password/,
      );
      expect(await ask(endpoint('/nowhere'))).toMatch(/not_found: .*path/);
      expect(await ask(local(port))).toMatch(/unreachable: .*refused the connection.*port/);
      expect(await ask(endpoint('/x', { url: 'rtsp://no-such-host.invalid/x' }))).toMatch(
        /unreachable: .*name/,
      );
      expect(await ask(local(silent.port))).toMatch(/no_answer: /);
      expect(await ask(endpoint('/udp-only'))).toMatch(/unsupported: .*Choose UDP/);
      expect(await ask(endpoint('/x', { url: server.url('/x').replace('rtsp:', 'rtsps:') }))).toMatch(
        /unsupported: .*rtsp:\/\/ instead/,
      );
      const good = await probeStream(
        endpoint('/asks', { credentials: { ...credentials, password: 'right' } }),
        options,
      );
      expect(good).toMatchObject({ valid: true, transcode_reasons: [], info: { video: { codec: 'h264' } } });
      expect(JSON.stringify(good)).not.toContain('right');
    } finally {
      await silent.stop();
    }
  });
});
