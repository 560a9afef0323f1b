import type { AddressInfo, Socket } from 'node:net';
import net from 'node:net';

async function listen(onConnection: (socket: Socket) => void, port = 0) {
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    async stop(): Promise<void> {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

export interface FaultyServer {
  readonly port: number;
  /** Connections that are open now. */
  connections(): number;
  stop(): Promise<void>;
}

/** Accepts connections and never says anything. */
export async function startSilentServer(): Promise<FaultyServer> {
  const { port, sockets, stop } = await listen((socket) => socket.resume());
  return { port, connections: () => sockets.size, stop };
}

/** Answers whatever it is sent with `text`, e.g. a web server's page or an RTSP status line. */
export async function startTalkingServer(text: string): Promise<FaultyServer> {
  const { port, sockets, stop } = await listen((socket) => socket.on('data', () => socket.end(text)));
  return { port, connections: () => sockets.size, stop };
}

export interface Relay {
  readonly port: number;
  connections(): number;
  /** Nothing is passed on any more and nothing is closed, as when a cable is pulled: half-open connections. */
  freeze(): void;
  thaw(): void;
  /** Closes every connection. */
  cut(): void;
  stop(): Promise<void>;
}

export interface RelayOptions {
  /** Where the camera listens; default 127.0.0.1. */
  readonly address?: string;
  /** Makes for each connection what the camera's bytes pass through; default: they pass as they are. */
  readonly fromCamera?: () => (chunk: Buffer) => Buffer;
}

/** A plain TCP relay in front of a camera whose forwarding can be stopped. */
export async function startRelay(targetPort: number, port = 0, options: RelayOptions = {}): Promise<Relay> {
  let frozen = false;
  const pairs = new Set<{ near: Socket; far: Socket }>();
  const server = await listen((near) => {
    const far = net.connect(targetPort, options.address ?? '127.0.0.1');
    const pair = { near, far };
    pairs.add(pair);
    far.on('error', () => undefined);
    const forward = (from: Socket, to: Socket, change?: (chunk: Buffer) => Buffer): void => {
      from.on('data', (data) => {
        if (!to.write(change ? change(data) : data)) {
          from.pause();
          to.once('drain', () => {
            if (!frozen) from.resume();
          });
        }
      });
      from.on('close', () => {
        pairs.delete(pair);
        // The other side of a half-open connection hears nothing of the end.
        if (!frozen) to.destroy();
      });
    };
    forward(near, far);
    forward(far, near, options.fromCamera?.());
    if (frozen) {
      near.pause();
      far.pause();
    }
  }, port);
  const each = (act: (socket: Socket) => void): void => {
    for (const { near, far } of pairs) {
      act(near);
      act(far);
    }
  };
  return {
    port: server.port,
    connections: () => server.sockets.size,
    freeze() {
      frozen = true;
      each((socket) => socket.pause());
    },
    thaw() {
      frozen = false;
      each((socket) => socket.resume());
    },
    cut: () => each((socket) => socket.destroy()),
    async stop() {
      frozen = false;
      each((socket) => socket.destroy());
      await server.stop();
    },
  };
}

/** A port of the loopback interface that is free now. */
export async function freePort(): Promise<number> {
  const { port, stop } = await listen(() => undefined);
  await stop();
  return port;
}
