import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { EvidenceExport } from '../../../contract/evidence';
import { operatorOf, TestSession } from '../../api/access/testing';
import { Audit } from '../../audit/audit';
import { systemClock } from '../../base/clock';
import { silentLogger } from '../../base/logger';
import { createMediaJobs } from '../../kernel/media/jobs';
import { createMediaWorker } from '../../kernel/media/mediaWorker';
import { iso } from '../../kernel/media/testing/captures';
import { record } from '../../kernel/recording/testing/camera';
import { CAMERA, MEDIA_WORKER, until, workstation } from '../../kernel/recording/testing/workstation';
import { Evidence } from '../evidence';
import { Journal } from '../journal';
import { SigningKey } from '../signingKey';
import { folderReader, nodeCrypto } from '../verifier/node';
import { verifyPackage } from '../verifier/verify';

/** A vault that seals visibly. */
const vault = {
  protection: () => 'strong' as const,
  backend: () => 'test',
  encrypt: (plain: string) => Promise.resolve(new TextEncoder().encode(`sealed:${plain}`)),
  decrypt: (sealed: Uint8Array) => Promise.resolve(new TextDecoder().decode(sealed).slice(7)),
};

/**
 * A workstation with two stretches of twelve seconds of footage, six seconds apart, and the service on it.
 * @param video twelve seconds
 */
export async function evidenceWorkstation(video: string) {
  const at = await workstation();
  const log = silentLogger();
  const worker = createMediaWorker(MEDIA_WORKER, log);
  const jobs = createMediaJobs({ ffmpeg: 'ffmpeg', log });
  const target = await mkdtemp(path.join(tmpdir(), 'vas-evidence-'));
  const session = new TestSession(operatorOf('operator'));
  const audit = new Audit(at.store, systemClock, log);
  const begin = () =>
    new Evidence({
      ...{ footage: at.recording, worker, jobs, store: at.store, clock: systemClock, log },
      key: new SigningKey(at.store, vault, systemClock),
      journal: new Journal(path.join(at.folder, 'evidence')),
      application: 'VAS Workstation test',
      workersDir: path.resolve('dist/workers'),
      dialogs: { chooseFolder: () => Promise.resolve(target) } as never,
      ...{ session, audit },
    });
  let evidence = begin();
  onTestFinished(async () => {
    await evidence.dispose();
    await jobs.dispose();
    await worker.dispose();
    await rm(target, { recursive: true, force: true });
  });
  const [early, late] = [-60e6, -42e6];
  const camera = await record(at.recording, { cameraId: CAMERA, video, shiftUs: early, paced: false });
  await camera.ended();
  const second = await record(at.recording, { cameraId: CAMERA, video, shiftUs: late, paced: false });
  await second.ended();
  const range = { start: iso(camera.startUs + 1e6), end: iso(camera.startUs + 6e6) };
  /** Both stretches. */
  const both = { start: range.start, end: iso(second.startUs + 9e6) };
  const state = (id: string): EvidenceExport | null => {
    let found: EvidenceExport | null = null;
    evidence.subscribe(({ exports }) => (found = exports.find((one) => one.id === id) ?? null))();
    return found;
  };
  return {
    ...{ ...at, target, range, both, camera, state, session, audit },
    get evidence() {
      return evidence;
    },
    /** The application ends, whatever it was at, and starts again. */
    async restart() {
      await evidence.dispose();
      evidence = begin();
      await evidence.findUnfinished();
    },
    async start(more: object = {}) {
      const { chosen } = await evidence.chooseFolder('window');
      const order = {
        ...{ camera_ids: [CAMERA], ...range, token: chosen?.token ?? '' },
        ...{ rendition: 'original' as const, reason: 'Theft at the gate' },
      };
      return (await evidence.start({ ...order, ...more }, 'window')).id;
    },
    async over(id: string): Promise<EvidenceExport> {
      await until('the package is over', () => state(id)?.state !== 'running', 300);
      return state(id) ?? Promise.reject(new Error('the package is forgotten'));
    },
    async make(more: object = {}): Promise<EvidenceExport> {
      return this.over(await this.start(more));
    },
  };
}

export const verdict = (at: string) => verifyPackage(folderReader(at), nodeCrypto);

/** Of the footage in a package, in order. */
export async function filesOf(at: string): Promise<string[]> {
  return (await readdir(at, { recursive: true })).filter((name) => name.endsWith('.mp4')).sort();
}
