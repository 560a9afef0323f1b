import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerTo, closingClient, decode, request, testServer } from '../../test/containers/ends';
import { systemClock } from '../base/clock';
import { SimulatedClock } from '../base/simulatedClock';
import { ContainerClient } from './client';

let folder: string;
let socketPath: string;
const servers: Server[] = [];
const clients: ContainerClient[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-client-'));
  socketPath = path.join(folder, 's.sock');
});
afterEach(async () => {
  for (const made of clients.splice(0)) made.dispose();
  for (const server of servers.splice(0)) server.close();
  await rm(folder, { recursive: true, force: true });
});

async function serve(options: Parameters<typeof testServer>[1]) {
  const server = await testServer(socketPath, options);
  servers.push(server);
  return server;
}
function client(clock = systemClock as ConstructorParameters<typeof ContainerClient>[0]['clock']) {
  const made = new ContainerClient({ socketPath, clock });
  clients.push(made);
  return made;
}
const echo = async (value: Record<string, unknown>) =>
  answerTo((value['frame_metadata'] as { frame_id: number }).frame_id);
const frame = (id: number) => request({ frame_metadata: { frame_id: id } });

describe.each([
  ['keeps connections', false],
  ['closes after each answer', true],
])('a server that %s', (_name, closes) => {
  it('INV-62: answers the pooling client, one after the other and at once', async () => {
    const server = await serve({ closes, respond: echo });
    const pooled = client();
    for (let id = 1; id <= 50; id++) {
      const outcome = await pooled.ask(frame(id), 5_000);
      expect(outcome.kind === 'answer' && decode(outcome.body).frame_id).toBe(id);
    }
    const together = await Promise.all(
      Array.from({ length: 8 }, (_, index) => pooled.ask(frame(100 + index), 5_000)),
    );
    expect(together.map((one) => one.kind === 'answer' && decode(one.body).frame_id)).toEqual(
      Array.from({ length: 8 }, (_, index) => 100 + index),
    );
    if (closes) expect(server.connectionsSeen).toBeGreaterThanOrEqual(58);
    else expect(server.connectionsSeen).toBeLessThanOrEqual(8);
  });

  it('INV-62: answers a client that closes after each answer', async () => {
    await serve({ closes, respond: echo });
    for (let id = 1; id <= 10; id++)
      expect(await closingClient(socketPath, frame(id))).toMatchObject({ frame_id: id });
  });
});

describe('the client', () => {
  it('says that no container runs where there is no socket, and where nobody listens', async () => {
    expect(await client().ask(frame(1), 5_000)).toEqual({
      kind: 'unavailable',
      message: 'the container does not run',
    });
  });

  it('INV-48: asks nothing twice when the container dies over a request', async () => {
    let asked = 0;
    const server = await serve({
      closes: false,
      respond: () => {
        asked++;
        return new Promise(() => undefined);
      },
    });
    server.on('connection', (socket) => socket.on('data', () => socket.destroy()));
    expect(await client().ask(frame(1), 5_000)).toMatchObject({ kind: 'unavailable' });
    expect(asked).toBe(1);
  });

  it('discards and counts a late answer and gives nobody the answer of another', async () => {
    const clock = new SimulatedClock();
    const release: (() => void)[] = [];
    await serve({
      closes: false,
      respond: async (value) => {
        const { frame_id: id } = value['frame_metadata'] as { frame_id: number };
        if (id === 1) await new Promise<void>((resolve) => release.push(resolve));
        return answerTo(id);
      },
    });
    const pooled = client(clock);
    const slow = pooled.ask(frame(1), 400);
    await expect.poll(() => release.length).toBe(1);
    await clock.advance(401);
    expect(await slow).toEqual({ kind: 'timeout' });
    const next = await pooled.ask(frame(2), 400);
    expect(next.kind === 'answer' && decode(next.body).frame_id).toBe(2);
    expect(pooled.counters).toMatchObject({ late: 0, timeouts: 1 });
    release[0]?.();
    await expect.poll(() => pooled.counters.late).toBe(1);
    // The connection is of use again.
    const before = pooled.counters.connected;
    for (const id of [3, 4]) {
      const outcome = await pooled.ask(frame(id), 400);
      expect(outcome.kind === 'answer' && decode(outcome.body).frame_id).toBe(id);
    }
    expect(pooled.counters.connected).toBe(before);
  });

  it('INV-48: a connection that answered late once is not cut in the middle of a later request', async () => {
    const clock = new SimulatedClock();
    const asked: number[] = [];
    const release = new Map<number, () => void>();
    await serve({
      closes: false,
      respond: async (value) => {
        const { frame_id: id } = value['frame_metadata'] as { frame_id: number };
        asked.push(id);
        await new Promise<void>((resolve) => release.set(id, resolve));
        return answerTo(id);
      },
    });
    const pooled = client(clock);
    const late = pooled.ask(frame(1), 400);
    await expect.poll(() => asked).toEqual([1]);
    await clock.advance(401);
    expect(await late).toEqual({ kind: 'timeout' });
    release.get(1)?.();
    await expect.poll(() => pooled.counters.late).toBe(1);
    const next = pooled.ask(frame(2), 60_000);
    await expect.poll(() => asked).toEqual([1, 2]);
    await clock.advance(11_000);
    release.get(2)?.();
    const outcome = await next;
    expect(outcome.kind === 'answer' && decode(outcome.body).frame_id).toBe(2);
    expect(asked).toEqual([1, 2]);
  });

  it('does not pile up on a container that hangs', async () => {
    const clock = new SimulatedClock();
    await serve({ closes: false, respond: () => new Promise(() => undefined) });
    const pooled = client(clock);
    const outcomes = Array.from({ length: 40 }, (_, id) => pooled.ask(frame(id), 1_000));
    await clock.advance(1_001);
    const kinds = (await Promise.all(outcomes)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'timeout')).toHaveLength(16);
    expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(24);
    expect(pooled.connections).toBe(16);
    await clock.advance(10_001);
    await expect.poll(() => pooled.connections).toBe(0);
  });

  it('leaves nothing behind', async () => {
    const clock = new SimulatedClock();
    await serve({ closes: false, respond: () => new Promise(() => undefined) });
    const pooled = client(clock);
    const outcome = pooled.ask(frame(1), 1_000);
    pooled.dispose();
    expect(await outcome).toMatchObject({ kind: 'unavailable' });
    expect(clock.pendingTimers).toBe(0);
    expect(await pooled.ask(frame(1), 1_000)).toMatchObject({ kind: 'unavailable' });
  });
});
