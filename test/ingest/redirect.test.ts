import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { silentLogger } from '../../main/base/logger';
import { startTalkingServer } from '../../scripts/cameras/faults';
import { probeEndpoint } from '../../main/kernel/ingest/probe';
import type { ProbeResult } from '../../main/kernel/ingest/probe';
import { children } from './support';

const CREDENTIALS = { username: 'viewer', password: 'Kanarie-7q-redirected' };

afterAll(async () => expect(await children()).toBe(0));

/** Asks a camera that sends whoever asks elsewhere. */
async function askRedirected(location: string): Promise<ProbeResult> {
  const camera = await startTalkingServer(
    `RTSP/1.0 302 Moved Temporarily\r\nCSeq: 1\r\nLocation: ${location}\r\n\r\n`,
  );
  try {
    const url = `rtsp://127.0.0.1:${String(camera.port)}/moved`;
    return await probeEndpoint(
      { url, transport: 'tcp', credentials: CREDENTIALS },
      { ffmpegPath: 'ffmpeg', log: silentLogger() },
    );
  } finally {
    await camera.stop();
  }
}

/** A server that notes what it is told, and answers nothing. */
async function listener() {
  const heard: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      heard.push(data.toString('latin1'));
      socket.end('RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    heard,
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

it('is not sent to a file by a camera', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-redirect-'));
  try {
    const file = path.join(folder, 'secret.txt');
    await writeFile(file, 'Kanarie-of-the-file\n');
    for (const location of [`file://${file}`, file, `concat:${file}`, `pipe:0`]) {
      const result = await askRedirected(location);
      expect(result.ok, location).toBe(false);
      expect(JSON.stringify(result), location).not.toContain('Kanarie-of-the-file');
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('asks no web server because a camera says so', async () => {
  const web = await listener();
  try {
    for (const scheme of ['http', 'https', 'ftp', 'gopher'])
      expect((await askRedirected(`${scheme}://127.0.0.1:${String(web.port)}/x`)).ok, scheme).toBe(false);
    expect(web.heard.filter((text) => /^(GET|POST|HEAD|OPTIONS \* HTTP)/.test(text))).toEqual([]);
  } finally {
    await web.stop();
  }
});

it('tells no password to the host that a camera names', async () => {
  const other = await listener();
  try {
    const result = await askRedirected(`rtsp://127.0.0.1:${String(other.port)}/elsewhere`);
    expect(result.ok).toBe(false);
    const told = other.heard.join('\n');
    for (const spelling of [
      CREDENTIALS.password,
      Buffer.from(`${CREDENTIALS.username}:${CREDENTIALS.password}`).toString('base64'),
    ])
      expect(told).not.toContain(spelling);
  } finally {
    await other.stop();
  }
});
