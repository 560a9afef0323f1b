import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InferenceResponse } from '../../../contract/inference/messages';
import { MAX_MESSAGE_BYTES, encodeMessage } from '../../../contract/inference/wire';
import { answerTo, closingClient, exchange, request } from '../../../test/containers/ends';
import type { Answer } from './queue';
import { RequestGate } from './queue';
import type { IpcServer } from './server';
import { listen } from './server';

let folder: string;
let socketPath: string;
let server: IpcServer | null = null;
let gate: RequestGate;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-server-'));
  socketPath = path.join(folder, 'vas_model_m.sock');
});
afterEach(async () => {
  await server?.stop();
  server = null;
  await rm(folder, { recursive: true, force: true });
});

const echo: Answer = async ({ camera_id, frame_metadata }) =>
  answerTo(frame_metadata.frame_id, { model_id: 'm', camera_id }) as InferenceResponse;
async function start(answer: Answer = echo, maxInFlight = 8): Promise<void> {
  gate = new RequestGate('m', answer, maxInFlight);
  server = await listen(socketPath, gate);
}
const frame = (id: number) => request({ frame_metadata: { frame_id: id } });
const raw = (text: string | Buffer): Buffer => {
  const body = Buffer.from(text as string);
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32BE(body.length);
  return Buffer.concat([prefix, body]);
};

describe('the socket', () => {
  it('INV-53: is only for its owner, replaces a stale one and is gone afterwards', async () => {
    await start();
    expect((await stat(socketPath)).mode & 0o777).toBe(0o600);
    await server?.stop();
    await expect(stat(socketPath)).rejects.toThrow();
    await start();
    expect(await closingClient(socketPath, frame(1))).toMatchObject({ frame_id: 1 });
  });
});

describe('requests', () => {
  it('INV-55: are answered one after the other on one connection, in order', async () => {
    await start();
    const all = Buffer.concat(Array.from({ length: 20 }, (_, id) => encodeMessage(frame(id))));
    const answers = await exchange(socketPath, all, 20);
    expect(answers.map((one) => one['frame_id'])).toEqual(Array.from({ length: 20 }, (_, id) => id));
  });

  it('INV-57: are answered on many connections at once', async () => {
    await start();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, id) => closingClient(socketPath, frame(id))),
    );
    expect(answers.map((one) => one?.['frame_id'])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('INV-59: beyond the bound are refused at once (W-45)', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await start(async (value, cameMs) => {
      await held;
      return echo(value, cameMs);
    }, 2);
    const first = [1, 2].map((id) => closingClient(socketPath, frame(id)));
    await expect.poll(() => gate.metrics.inFlight).toBe(2);
    expect(await closingClient(socketPath, frame(3))).toMatchObject({
      frame_id: 3,
      detections: [],
      error: expect.stringMatching(/^Inference failed: too many/) as string,
      metadata: { exception_type: 'BUSY' },
    });
    release();
    expect((await Promise.all(first)).map((one) => one?.['frame_id'])).toEqual([1, 2]);
    expect(gate.metrics).toMatchObject({ totalRequests: 3, totalErrors: 1, refusedBusy: 1, inFlight: 0 });
  });

  it('are left out when their client has gone before they are given to the model', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const ran: unknown[] = [];
    await start(async (value, cameMs) => {
      ran.push(value.frame_metadata.frame_id);
      await held;
      return echo(value, cameMs);
    });
    const kept = [1, 2].map((id) => closingClient(socketPath, frame(id)));
    await expect.poll(() => gate.metrics.inFlight).toBe(2);
    const leaving = connect({ path: socketPath });
    leaving.write(encodeMessage(frame(3)));
    await expect.poll(() => gate.metrics.inFlight).toBe(3);
    leaving.destroy();
    const last = closingClient(socketPath, frame(4));
    await expect.poll(() => gate.metrics.inFlight).toBe(4);
    await new Promise((resolve) => setTimeout(resolve, 50));
    // The model has one to work on and one that lies ready.
    expect([...ran].sort()).toEqual([1, 2]);
    release();
    await Promise.all([...kept, last]);
    await expect.poll(() => gate.metrics.inFlight).toBe(0);
    expect([...ran].sort()).toEqual([1, 2, 4]);
  });

  it('in flight are answered before it stops', async () => {
    await start(async (value, waitMs) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return echo(value, waitMs);
    });
    const answer = closingClient(socketPath, frame(9));
    await expect.poll(() => gate.metrics.inFlight).toBe(1);
    await server?.stop();
    expect(await answer).toMatchObject({ frame_id: 9 });
  });
});

describe('INV-55: what is no request gets an answer that says so (W-51), and the next one is served', () => {
  const cases: [string, Buffer, RegExp][] = [
    ['no JSON', raw('{"frame_reference": '), /not JSON/],
    ['no UTF-8', raw(Buffer.from([0x22, 0xff, 0xfe, 0x22])), /not JSON/],
    ['null', raw('null'), /expected object/],
    ['a list', raw('[1]'), /expected object/],
    ['missing keys', raw('{}'), /frame_reference/],
    ['an empty reference', raw(JSON.stringify(request({ frame_reference: '' }))), /frame_reference/],
    ['empty metadata', raw(JSON.stringify(request({ frame_metadata: {} }))), /frame_metadata/],
    ['a wrong format', raw(JSON.stringify(request({ frame_metadata: { format: 'nv12' } }))), /format/],
    [
      'a frame id that is text',
      raw(JSON.stringify(request({ frame_metadata: { frame_id: '1' } }))),
      /frame_id/,
    ],
    ['no time', raw(JSON.stringify(request({ timestamp: 0 }))), /timestamp/],
    ['a threshold of 2', raw(JSON.stringify(request({ config: { confidence_threshold: 2 } }))), /confidence/],
    ['a length of 0', Buffer.alloc(4), /length 0/],
    ['an oversize length', Buffer.from([0, 0xa0, 0, 1]), /at most 10485760/],
  ];
  it.each(cases)('%s', async (_name, bytes, why) => {
    await start();
    const [answer] = await exchange(socketPath, bytes);
    expect(answer).toMatchObject({
      model_id: 'm',
      detections: [],
      error: expect.stringMatching(/^Invalid request: /) as string,
      metadata: { exception_type: 'INVALID_REQUEST' },
    });
    expect(answer?.['error']).toMatch(why);
    expect(Object.keys(answer ?? {})).toEqual([
      'model_id',
      'camera_id',
      'frame_id',
      'detections',
      'metadata',
      'error',
    ]);
    expect(await closingClient(socketPath, frame(5))).toMatchObject({ frame_id: 5 });
  });

  it('INV-61: a wrong request leaves its connection usable, and what can be recognised is echoed', async () => {
    await start();
    const wrong = encodeMessage({ camera_id: 'c', frame_metadata: { frame_id: 7 } });
    const [first, second] = await exchange(socketPath, Buffer.concat([wrong, encodeMessage(frame(8))]), 2);
    expect(first).toMatchObject({ camera_id: 'c', frame_id: 7, error: expect.any(String) as string });
    expect(second).toMatchObject({ frame_id: 8, error: null });
  });

  it('a message of the greatest length is read', async () => {
    await start();
    const padding = 'x'.repeat(MAX_MESSAGE_BYTES - JSON.stringify(request({ pad: '' })).length);
    const message = encodeMessage(request({ pad: padding }));
    expect(message.length).toBe(MAX_MESSAGE_BYTES + 4);
    expect((await exchange(socketPath, message))[0]).toMatchObject({ frame_id: 42 });
  });

  it('noise never ends it', async () => {
    await start();
    for (let round = 0; round < 30; round++) {
      const noise = Buffer.from(
        Array.from({ length: 1 + round * 7 }, (_, at) => (at * 31 + round * 97) % 256),
      );
      const socket = connect({ path: socketPath });
      socket.on('error', () => undefined);
      socket.resume();
      socket.end(noise);
      await new Promise((resolve) => socket.on('close', resolve));
    }
    expect(await closingClient(socketPath, frame(1))).toMatchObject({ frame_id: 1 });
  });
});
