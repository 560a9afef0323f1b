import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { byteStreamOf } from './clips';
import { endChild } from './process';

/** Cameras that send one clip in an endless loop (replay_server.py). */
export interface ReplayServer {
  readonly port: number;
  /** Process id of the server. */
  readonly pid: number;
  /** Address of a camera, counted from 0. */
  url(camera: number): string;
  stop(): Promise<void>;
}

const SCRIPT = path.join(import.meta.dirname ?? path.resolve('scripts/cameras'), 'replay_server.py');

/**
 * Starts them in one process.
 * @param clip H.264 without B-frames
 * @param fps pictures a second, whole
 * @throws Error when it does not start
 */
export async function startReplayServer(clip: string, fps: number, cameras: number): Promise<ReplayServer> {
  const file = await byteStreamOf(clip);
  const child = spawn(
    '/usr/bin/python3',
    [SCRIPT, '--clip', file, '--fps', String(fps), '--cameras', String(cameras)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let complaints = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaints = (complaints + text).slice(-2000)));
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the replayed cameras have ended: ${complaints}`);
  });
  // Only of interest until it runs.
  ended.catch(() => undefined);
  const said = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const [line] = await Promise.race([said, ended]);
  const { port } = JSON.parse(line) as { port: number };
  return {
    port,
    pid: child.pid ?? 0,
    url: (camera) => `rtsp://127.0.0.1:${String(port)}/c${String(camera)}`,
    stop: () => endChild(child, 1000),
  };
}
