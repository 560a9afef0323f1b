import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CameraServer } from './camera';
import { startCameraServer } from './camera';
import { startRelay, startSilentServer } from './faults';
import { h264, h265, mjpeg, type H264Options } from './launches';
import { runProgram } from './process';
import { footageCamera, mpeg4Camera } from './senders';

interface Probed {
  streams: { codec_type: string; codec_name: string; profile?: string; width?: number; pix_fmt?: string }[];
}

async function ffprobe(url: string, transport = 'tcp'): Promise<Probed['streams']> {
  const out = await runProgram('ffprobe', [
    ...[
      '-v',
      'error',
      '-rtsp_transport',
      transport,
      '-timeout',
      '5000000',
      '-of',
      'json',
      '-show_streams',
      url,
    ],
  ]);
  return (JSON.parse(out) as Probed).streams;
}

describe('the test cameras', () => {
  let server: CameraServer;
  beforeAll(async () => {
    server = await startCameraServer();
  });
  afterAll(() => server.stop());

  const small = { width: 320, height: 180 } as const;
  const h264Kinds: [string, H264Options, Record<string, unknown>][] = [
    ['baseline', { profile: 'baseline' }, { profile: 'Constrained Baseline' }],
    ['main', { profile: 'main' }, { profile: 'Main' }],
    ['high', { profile: 'high' }, { profile: 'High' }],
    ['4:2:2', { profile: 'high-4:2:2' }, { profile: 'High 4:2:2', pix_fmt: 'yuv422p' }],
    ['B-frames', { profile: 'high', bFrames: 2 }, { profile: 'High', has_b_frames: 2 }],
  ];
  it.each(h264Kinds)('serve H.264 %s', async (name, options, expected) => {
    await server.mount({ path: `/${encodeURIComponent(name)}`, launch: h264({ ...small, ...options }) });
    const [video] = await ffprobe(server.url(`/${encodeURIComponent(name)}`));
    expect(video).toMatchObject({ codec_name: 'h264', width: 320, ...expected });
  });

  it.each([
    ['hevc', h265(small)],
    ['mjpeg', mjpeg(small)],
  ])('serve %s', async (codec, launch) => {
    await server.mount({ path: `/${codec}`, launch });
    const [video] = await ffprobe(server.url(`/${codec}`));
    expect(video).toMatchObject({ codec_name: codec, width: 320 });
  });

  it.each([
    ['mpeg4', 640, () => mpeg4Camera()],
    ['h264', 768, () => footageCamera('assets/footage/pedestrians-768x576.mp4')],
  ] as const)('serve %s that FFmpeg sends', async (codec, width, start) => {
    const sender = await start();
    try {
      await server.mount({ path: `/sent-${codec}`, launch: sender.launch });
      const [video] = await ffprobe(server.url(`/sent-${codec}`));
      expect(video).toMatchObject({ codec_name: codec, width });
    } finally {
      await sender.stop();
      await server.unmount(`/sent-${codec}`);
    }
  });

  it('serve audio beside the picture', async () => {
    await server.mount({ path: '/sound', launch: h264({ ...small, audio: 'pcma' }) });
    const streams = await ffprobe(server.url('/sound'));
    expect(streams.map((stream) => stream.codec_name).sort()).toEqual(['h264', 'pcm_alaw']);
  });

  it('ask for the password, offer only the transports they have, count plays, and go away', async () => {
    await server.mount({
      path: '/locked',
      launch: h264(small),
      user: 'admin',
      password: "p@:/#%'w",
      protocols: ['udp'],
    });
    const withPassword = server
      .url('/locked')
      .replace('://', `://admin:${encodeURIComponent("p@:/#%'w").replace("'", '%27')}@`);
    await expect(ffprobe(server.url('/locked'))).rejects.toThrow('401');
    await expect(ffprobe(withPassword)).rejects.toThrow('461');
    expect((await ffprobe(withPassword, 'udp'))[0]?.codec_name).toBe('h264');
    expect(server.plays('/locked')).toBe(1);
    await server.unmount('/locked');
    await expect(ffprobe(server.url('/locked'))).rejects.toThrow('404');
  });

  it('refuse options that are no numbers', () => {
    expect(() => h264({ width: Number.NaN })).toThrow(RangeError);
    expect(() => h264({ kbps: '1 ! filesink' as unknown as number })).toThrow(RangeError);
  });

  it('speak TLS', async () => {
    const secure = await startCameraServer({ tls: true });
    try {
      await secure.mount({ path: '/cam', launch: h264(small) });
      expect(secure.url('/cam')).toMatch(/^rtsps:/);
      expect((await ffprobe(secure.url('/cam')))[0]?.codec_name).toBe('h264');
    } finally {
      await secure.stop();
    }
    await expect(secure.mount({ path: '/x', launch: '' })).rejects.toThrow('not running');
  });
});

describe('the faulty network', () => {
  const connect = async (port: number): Promise<{ socket: net.Socket; heard: () => string }> => {
    const socket = net.connect(port, '127.0.0.1');
    let heard = '';
    socket.on('data', (data) => (heard += data.toString()));
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return { socket, heard: () => heard };
  };

  it('accepts and says nothing', async () => {
    const silent = await startSilentServer();
    const { socket, heard } = await connect(silent.port);
    socket.write('OPTIONS * RTSP/1.0\r\n\r\n');
    await delay(200);
    expect(heard()).toBe('');
    expect(silent.connections()).toBe(1);
    await silent.stop();
  });

  it('freezes and thaws connections without closing them, and cuts them', async () => {
    const echo = net.createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    const relay = await startRelay((echo.address() as net.AddressInfo).port);
    const { socket, heard } = await connect(relay.port);
    let closed = false;
    socket.on('close', () => (closed = true));
    const hears = async (text: string): Promise<void> => {
      for (let i = 0; i < 200 && heard() !== text; i++) await delay(10);
      expect(heard()).toBe(text);
    };
    socket.write('a');
    await hears('a');
    relay.freeze();
    socket.write('b');
    await delay(200);
    expect(heard()).toBe('a');
    expect(closed).toBe(false);
    relay.thaw();
    await hears('ab');
    relay.cut();
    for (let i = 0; i < 200 && !closed; i++) await delay(10);
    expect(closed).toBe(true);
    await relay.stop();
    await new Promise((resolve) => echo.close(resolve));
  });
});
