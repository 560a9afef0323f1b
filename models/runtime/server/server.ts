import { chmodSync, rmSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { z } from 'zod';
import type { InferenceResponse } from '../../../contract/inference/messages';
import { inferenceRequest } from '../../../contract/inference/messages';
import { FramingError, MessageReader, encodeMessage } from '../../../contract/inference/wire';
import { invalidRequest } from './answers';
import type { RequestGate } from './queue';

/** More clients than this are not ours. */
const MAX_CONNECTIONS = 64;
/** How long the rest of a message may take, milliseconds (W-51: the reference waits for ever). */
const PARTIAL_MESSAGE_MS = 10_000;

export interface IpcServer {
  /** Stops accepting, answers what is in flight, closes every connection and removes the socket. */
  stop(): Promise<void>;
}

/**
 * Listens on the model's socket (seed 003; reference 4.1). A connection serves one request after the other; a
 * client that closes after one is served as well. Whatever arrives, the answer is a response, never a crash.
 */
export async function listen(socketPath: string, gate: RequestGate): Promise<IpcServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, gate);
  });
  server.maxConnections = MAX_CONNECTIONS;
  await bind(server, socketPath);
  return {
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await gate.stop();
      // What was just answered still has to be written.
      await new Promise<void>((resolve) => setImmediate(resolve));
      for (const socket of sockets) socket.destroySoon();
      await closed;
      rmSync(socketPath, { force: true });
    },
  };
}

async function bind(server: Server, socketPath: string): Promise<void> {
  // Left behind by a container that was killed; the supervisor has made sure that nobody listens.
  rmSync(socketPath, { force: true });
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ path: socketPath, backlog: 64 }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } finally {
    process.umask(mask);
  }
  chmodSync(socketPath, 0o600);
}

function serve(socket: Socket, gate: RequestGate): void {
  const reader = new MessageReader();
  let turn = Promise.resolve();
  let partial: NodeJS.Timeout | null = null;
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    if (partial) clearTimeout(partial);
    partial = null;
    let bodies: Uint8Array[];
    try {
      bodies = reader.push(chunk);
    } catch (error) {
      const why = error instanceof FramingError ? error.message : 'it cannot be read';
      refuseAndClose(invalidRequest(gate.modelId, null, why));
      return;
    }
    if (reader.pendingBytes > 0)
      partial = setTimeout(
        () => refuseAndClose(invalidRequest(gate.modelId, null, 'the rest of the message did not come')),
        PARTIAL_MESSAGE_MS,
      );
    if (bodies.length === 0) return;
    // One after the other: answers carry no number that would tell them apart.
    socket.pause();
    turn = turn
      .then(async () => {
        for (const body of bodies) await respond(body);
      })
      .catch(() => void socket.destroy())
      .then(() => void socket.resume());
  });
  socket.on('close', () => {
    if (partial) clearTimeout(partial);
  });

  async function respond(body: Uint8Array): Promise<void> {
    const response = await answerTo(body, gate, () => !socket.destroyed);
    if (response && !socket.destroyed) socket.write(encodeMessage(response));
  }

  function refuseAndClose(response: InferenceResponse): void {
    socket.pause();
    socket.removeAllListeners('data');
    turn = turn.then(() => {
      socket.end(encodeMessage(response));
      // A client that goes on sending must not hold the connection.
      socket.resume();
    });
  }
}

async function answerTo(
  body: Uint8Array,
  gate: RequestGate,
  wanted: () => boolean,
): Promise<InferenceResponse | null> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return invalidRequest(gate.modelId, null, 'it is not JSON in UTF-8');
  }
  const parsed = inferenceRequest.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    return invalidRequest(
      gate.modelId,
      value,
      issue ? `${where === '' ? '' : `${where}: `}${issue.message}` : z.prettifyError(parsed.error),
    );
  }
  return gate.pass(parsed.data, wanted);
}
