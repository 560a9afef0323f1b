// What a container can still reach, tried by a program that a model brings.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import type { World } from './world';
import { openWorld } from './world';

let world: World;
afterEach(() => world.dispose());

it('INV-69: reaches neither files of others nor the network, and cannot write frames', async () => {
  const look = `import { readFile, writeFile } from 'node:fs/promises';
      import { readFileSync, readdirSync, openSync, writeFileSync } from 'node:fs';
      import { connect } from 'node:net';
      import { createSocket } from 'node:dgram';
      import { Worker } from 'node:worker_threads';
      const failure = async (work) => { try { await work(); return 'done'; } catch (error) { return error.code ?? error.message; } };
      const reach = (host) => () => new Promise((resolve, reject) => connect(9, host).on('connect', resolve).on('error', reject));
      const datagram = () => new Promise((resolve, reject) => {
        const socket = createSocket('udp4');
        socket.on('error', reject);
        socket.bind(0, '127.0.0.1', resolve);
      });
      const inThread = (code) => () => new Promise((resolve, reject) => {
        new Worker(code, { eval: true }).on('error', reject).on('exit', resolve);
      });
      export default () => ({ async infer(frame, { config }) {
        const tried = {
          home: await failure(() => readdirSync(config.home)),
          secret: await failure(() => readFileSync(config.secret)),
          later: await failure(() => readFile(config.secret)),
          thread: await failure(inThread('require("node:fs").readFileSync(' + JSON.stringify(config.secret) + ')')),
          passwd: await failure(() => readFile('/etc/passwd')),
          beside: await failure(() => writeFile(config.beside, 'x')),
          ring: await failure(() => openSync(config.ring, 'r+')),
          own: await failure(() => writeFileSync(config.own, 'x')),
          tcp: await failure(reach('127.0.0.1')),
          udp: await failure(datagram),
        };
        return [{ class_id: 0, class_name: JSON.stringify(tried), confidence: 1, bbox: [0, 0, 1, 1], track_id: null }];
      } });`;
  world = await openWorld([{ id: 'curious', handler: look }]);
  const { containers, frame, folder } = world;
  writeFileSync(path.join(folder, 'secret'), 'secret');
  await containers.start('curious');
  expect(containers.get('curious').confined).toEqual({ files: true, network: true });
  const request = frame([235, 16, 16, 16]);
  const config = {
    ...{ home: folder, secret: path.join(folder, 'secret'), beside: path.join(folder, 'left-behind') },
    ...{ ring: request.frame_reference, own: path.join(folder, 'models/curious/model.yaml') },
  };
  const result = await containers.infer('curious', { ...request, config }, 20_000);
  if (!result.ok) throw new Error(result.message);
  const tried = JSON.parse(result.detections[0]?.class_name ?? '{}') as Record<string, string>;
  expect(Object.keys(tried)).toHaveLength(10);
  for (const [what, came] of Object.entries(tried)) expect(came, what).toBe('EACCES');
  expect(existsSync(path.join(folder, 'left-behind'))).toBe(false);
  const status = readFileSync(`/proc/${String(containers.get('curious').pid)}/status`, 'utf8');
  expect(status).toMatch(/NoNewPrivs:\s+1/);
}, 60_000);

it('INV-69: connects to no socket of other programs and signals no other process', async () => {
  const look = `import { spawnSync } from 'node:child_process';
      import { connect } from 'node:net';
      const failure = async (work) => { try { await work(); return 'done'; } catch (error) { return error.code ?? error.message; } };
      const reach = (path) => () => new Promise((resolve, reject) => connect({ path }).on('connect', resolve).on('error', reject));
      const started = (pid) => () => {
        const { stderr } = spawnSync('/bin/sh', ['-c', 'kill -0 ' + pid], { encoding: 'utf8' });
        if (stderr) throw new Error(stderr.trim());
      };
      export default () => ({ async infer(frame, { config }) {
        const tried = {
          file: await failure(reach(config.socket)),
          abstract: await failure(reach(config.abstract)),
          parent: await failure(() => process.kill(config.pid, 0)),
          group: await failure(() => process.kill(0, 0)),
          started: await failure(started(config.pid)),
          itself: await failure(() => process.kill(process.pid, 0)),
        };
        return [{ class_id: 0, class_name: JSON.stringify(tried), confidence: 1, bbox: [0, 0, 1, 1], track_id: null }];
      } });`;
  world = await openWorld([{ id: 'talkative', handler: look }]);
  const { containers, frame, folder } = world;
  // As D-Bus listens for a desktop: with a file, and without.
  const addresses = { socket: path.join(folder, 'bus'), abstract: `\0vas-test-${String(process.pid)}` };
  for (const address of Object.values(addresses)) {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen({ path: address }, resolve));
    onTestFinished(() => void server.close());
  }
  await containers.start('talkative');
  const config = { ...addresses, pid: process.pid };
  const request = { ...frame([235, 16, 16, 16]), config };
  const result = await containers.infer('talkative', request, 20_000);
  if (!result.ok) throw new Error(result.message);
  expect(JSON.parse(result.detections[0]?.class_name ?? '{}')).toEqual({
    ...{ file: 'EACCES', abstract: 'EACCES', parent: 'EACCES', group: 'EACCES', itself: 'done' },
    started: expect.stringContaining('Permission denied') as string,
  });
}, 60_000);
