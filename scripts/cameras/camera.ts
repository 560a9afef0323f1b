import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { makeCertificate } from './certificate';
import { endChild } from './process';

export interface CameraServerOptions {
  /** Serve rtsps with a certificate made at run time; default false. */
  readonly tls?: boolean;
  /** Port; default a free one. A camera that reboots keeps its port. */
  readonly port?: number;
  /** Address to listen on; default 127.0.0.1. */
  readonly address?: string;
  /** Words before the server's command, e.g. to start it in a network of its own; default none. */
  readonly command?: readonly string[];
  /** Log of the server's standard error; default: thrown away. */
  readonly onServerLog?: (text: string) => void;
}

export interface MountOptions {
  /** Begins with a slash. */
  readonly path: string;
  /** A GStreamer pipeline, see launches.ts. */
  readonly launch: string;
  /** Digest authentication; none when absent. */
  readonly user?: string;
  readonly password?: string;
  /** Transports that are offered; default both. */
  readonly protocols?: readonly ('tcp' | 'udp')[];
}

export interface CameraServer {
  readonly port: number;
  /** Process id of the server. */
  readonly pid: number;
  mount(options: MountOptions): Promise<void>;
  /** Ends the connections of one camera and forgets it: it answers 404 from now on. */
  unmount(mountPath: string): Promise<void>;
  /** Cuts the connections of one camera's clients (of all without a path). */
  kick(mountPath?: string): Promise<void>;
  /** Address without credentials. */
  url(mountPath: string): string;
  /** How often a client began to play this camera. */
  plays(mountPath: string): number;
  /** Ends the server and its connections, as a camera that loses its power. */
  stop(): Promise<void>;
}

interface ServerEvent {
  readonly event: string;
  readonly port?: number;
  readonly path?: string;
  readonly id?: number;
  readonly message?: string;
}

/** Beside this file, or below the working directory where this file was bundled into another. */
function serverScript(): string {
  const beside = path.join(import.meta.dirname ?? '', 'rtsp_server.py');
  return existsSync(beside) ? beside : path.resolve('scripts/cameras/rtsp_server.py');
}

/** Starts GStreamer's RTSP server. @throws Error when it does not start, e.g. a missing Debian package */
export async function startCameraServer(options: CameraServerOptions = {}): Promise<CameraServer> {
  const certificate = options.tls ? await makeCertificate() : null;
  const [program = '', ...words] = [...(options.command ?? []), '/usr/bin/python3', serverScript()];
  const child = spawn(
    program,
    [
      ...words,
      ...['--port', String(options.port ?? 0), '--address', options.address ?? '127.0.0.1'],
      ...(certificate ? ['--tls-cert', certificate.cert, '--tls-key', certificate.key] : []),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, GST_DEBUG: '1', GST_DEBUG_NO_COLOR: '1' } },
  );
  let lastError = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastError = (lastError + text).slice(-2000);
    options.onServerLog?.(text);
  });
  child.stdin.on('error', () => undefined);

  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  const playCounts = new Map<string, number>();
  let nextId = 1;
  let ready: (port: number) => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;
  const started = new Promise<number>((resolve, reject) => {
    ready = resolve;
    failed = reject;
  });

  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as ServerEvent;
    if (event.event === 'ready') ready(event.port ?? 0);
    else if (event.event === 'play')
      playCounts.set(event.path ?? '', (playCounts.get(event.path ?? '') ?? 0) + 1);
    else if (event.event === 'done' || event.event === 'error') {
      // The server answers in the order of the commands; an error carries no id.
      const id = event.id ?? Math.min(...waiting.keys());
      const waiter = waiting.get(id);
      waiting.delete(id);
      if (event.event === 'done') waiter?.resolve();
      else waiter?.reject(new Error(`camera server: ${event.message ?? 'unknown error'}`));
    }
  });
  child.on('error', failed);
  child.on('exit', () => {
    const error = new Error(`the camera server has ended: ${lastError}`);
    failed(error);
    for (const waiter of waiting.values()) waiter.reject(error);
    waiting.clear();
  });

  function command(fields: Record<string, unknown>): Promise<void> {
    return new Promise((resolve, reject) => {
      if (child.exitCode !== null || child.signalCode !== null) {
        reject(new Error('the camera server is not running'));
        return;
      }
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ ...fields, id })}\n`);
    });
  }

  let port: number;
  try {
    port = await started;
  } catch (error) {
    await certificate?.dispose();
    throw error;
  }
  const host = options.address ?? '127.0.0.1';
  return {
    port,
    pid: child.pid ?? 0,
    mount: (mount) => command({ cmd: 'mount', ...mount }),
    unmount: (mountPath) => command({ cmd: 'unmount', path: mountPath }),
    kick: (mountPath) => command({ cmd: 'kick', path: mountPath ?? null }),
    url: (mountPath) => `${certificate ? 'rtsps' : 'rtsp'}://${host}:${port}${mountPath}`,
    plays: (mountPath) => playCounts.get(mountPath) ?? 0,
    async stop() {
      await endChild(child, 2000);
      await certificate?.dispose();
    },
  };
}
