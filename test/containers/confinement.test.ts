// What a container can still reach, tried by a program that a model brings.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
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
