import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram } from './process';
import type { ReplayServer } from './replay';
import { startReplayServer } from './replay';

const FPS = 10;

let folder: string;
let server: ReplayServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-replay-'));
  const clip = path.join(folder, 'clip.mp4');
  await runProgram('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=${String(FPS)}`, '-t', '3'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '0', '-g', '10', clip],
  ]);
  server = await startReplayServer(clip, FPS, 3);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** Pictures decoded without an error in so many seconds of a camera's time stamps, and their times. */
async function watched(url: string, seconds: number, transport = 'tcp'): Promise<number[]> {
  const out = await runProgram('ffprobe', [
    ...[
      '-v',
      'error',
      '-rtsp_transport',
      transport,
      '-read_intervals',
      `%+${String(seconds)}`,
      '-of',
      'csv=p=0',
    ],
    ...['-show_entries', 'frame=best_effort_timestamp_time', url],
  ]);
  // A picture with side data has a line more.
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map(Number.parseFloat);
}

it('cameras send one clip each, over its end, at the rate asked for', async () => {
  // Longer than the clip.
  const times = await watched(server.url(0), 5);
  expect(times.length).toBeGreaterThan(4 * FPS);
  const steps = times.slice(1).map((time, n) => time - (times[n] ?? 0));
  for (const step of steps) expect(Math.abs(step - 1 / FPS)).toBeLessThan(0.002);
});

it('a viewer that does not read holds up nobody, and is given no more than it can hold', async () => {
  const socket = net.connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  const ask = (method: string, header: string) =>
    new Promise<string>((resolve) => {
      socket.once('data', (data) => resolve(data.toString('latin1')));
      socket.write(`${method} ${server.url(1)} RTSP/1.0\r\nCSeq: 1\r\n${header}\r\n\r\n`);
    });
  expect(await ask('SETUP', 'Transport: RTP/AVP/TCP;unicast;interleaved=4-5')).toContain('interleaved=4-5');
  expect(await ask('PLAY', 'Session: 1')).toContain('200 OK');
  socket.pause();
  try {
    const both = await Promise.all([watched(server.url(1), 3), watched(server.url(2), 3)]);
    for (const times of both) expect(times.length).toBeGreaterThan(2 * FPS);
  } finally {
    socket.destroy();
  }
});

it('another transport and another camera are refused in the words of the protocol', async () => {
  await expect(watched(server.url(0), 1, 'udp')).rejects.toThrow('461');
  await expect(watched(server.url(9), 1)).rejects.toThrow('404');
});
