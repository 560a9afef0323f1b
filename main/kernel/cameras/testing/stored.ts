import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { silentLogger } from '../../../base/logger';
import { SimulatedClock } from '../../../base/simulatedClock';
import { openStore } from '../../../store/store';
import type { Store } from '../../../store/types';
import type { SecretVault } from '../../secrets';
import type { StreamEndpoint } from '../../streams';
import type { StreamSpec } from '../ports';
import { CameraService } from '../service';

/** A vault that really encrypts, with a key that only this test knows. */
function testVault(protection: 'strong' | 'obfuscation' | 'none'): SecretVault {
  const key = randomBytes(32);
  return {
    protection: () => protection,
    backend: () => 'test',
    encrypt(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Promise.resolve(Buffer.concat([iv, cipher.getAuthTag(), sealed]));
    },
    decrypt(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      return Promise.resolve(
        Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8'),
      );
    },
  };
}

/** Made anew for each test. */
export let dataDir: string;
export let store: Store;
export let clock: SimulatedClock;
export let running: Map<string, StreamSpec>;
export let events: string[];
export let probed: StreamEndpoint[];

/** A camera service over the test's store; a second one has another key, as after the key store was made anew. */
export function service(protection: 'strong' | 'obfuscation' | 'none' = 'strong') {
  return new CameraService({
    store,
    vault: testVault(protection),
    clock,
    log: silentLogger(),
    ingest: {
      start(spec) {
        events.push(`start ${spec.streamId}`);
        running.set(spec.streamId, spec);
      },
      stop(streamId) {
        if (running.delete(streamId)) events.push(`stop ${streamId}`);
        return Promise.resolve();
      },
    },
    recording: {
      setRecording: (id, on, week) =>
        events.push(`recording ${id} ${String(on)}${week === null ? '' : ` ${week}`}`),
      forget: (id) => events.push(`forget ${id}`),
      dropBuffer(id) {
        events.push(`drop buffer ${id}`);
        return Promise.resolve();
      },
    },
    probe(endpoint) {
      probed.push(endpoint);
      return Promise.resolve({
        valid: false,
        rtsp_url: endpoint.url,
        code: 'unreachable',
        error: 'x',
        elapsed_ms: 1,
      });
    },
  });
}

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'vas-cameras-'));
  clock = new SimulatedClock();
  running = new Map();
  events = [];
  probed = [];
  store = await openStore({
    dataDir,
    workerPath: path.resolve('dist/workers/store.worker.cjs'),
    log: silentLogger(),
    userName: 'test',
    now: () => clock.wallUs(),
  });
});

afterEach(async () => {
  await store.dispose();
  await rm(dataDir, { recursive: true, force: true });
});
