// Both ends of the socket as the reference has them (4.1): one request and one answer for each connection.
import type { Server } from 'node:net';
import { connect, createServer } from 'node:net';
import { MessageReader, encodeMessage } from '../../contract/inference/wire';

export const request = (over: Record<string, unknown> = {}) => ({
  frame_reference: '/dev/shm/vas_frames_camera_1',
  frame_metadata: { frame_id: 42, width: 1920, height: 1080, format: 'NV12' },
  camera_id: 'camera_1',
  model_id: 'yolov8n',
  timestamp: 1735598400.123,
  ...over,
});

export const answerTo = (frameId: unknown, over: Record<string, unknown> = {}) => ({
  model_id: 'yolov8n',
  camera_id: 'camera_1',
  frame_id: frameId,
  detections: [],
  metadata: { inference_time_ms: 1 },
  error: null,
  ...over,
});

export const decode = (body: Uint8Array) =>
  JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown> & { frame_id: unknown };

/** Sends bytes as they are and collects answers until the server closes or `count` came. */
export function exchange(
  socketPath: string,
  bytes: Uint8Array,
  count = 1,
): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    const reader = new MessageReader();
    const answers: Record<string, unknown>[] = [];
    const socket = connect({ path: socketPath }, () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => {
      answers.push(...reader.push(chunk).map(decode));
      if (answers.length >= count) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answers));
  });
}

/** A client that opens a connection for each request. */
export const closingClient = async (socketPath: string, value: unknown) =>
  (await exchange(socketPath, encodeMessage(value)))[0];

/** A server that closes after each answer, or keeps the connection. */
export async function testServer(
  socketPath: string,
  options: { closes: boolean; respond: (value: Record<string, unknown>) => Promise<unknown> },
): Promise<Server & { connectionsSeen: number }> {
  const server = Object.assign(
    createServer((socket) => {
      server.connectionsSeen++;
      const reader = new MessageReader();
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        for (const body of reader.push(chunk))
          void options.respond(decode(body)).then((value) => {
            if (options.closes) socket.end(encodeMessage(value));
            else socket.write(encodeMessage(value));
          });
      });
    }),
    { connectionsSeen: 0 },
  );
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return server;
}
