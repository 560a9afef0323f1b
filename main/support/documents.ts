import type { HealthMetric, RequestOf, ResponseOf } from '../../contract';
import { HEALTH_METRICS } from '../../contract/health';
import { messageOf } from '../base/errors';
import type { ModelStatus } from '../containers/containers';
import type { Observability } from '../health/observability';
import { SECTIONS } from '../settings/backup/sections';
import type { BackupCamera } from '../settings/backup/sections/cameras';
import type { Store } from '../store/types';
import type { BundleDocument } from './bundleTask';
import type { FactSources } from './facts';
import { doctorFacts } from './facts';
import { plainAddress } from './secrets';

/** Alerts that go along, the newest. */
const ALERTS = 500;
const DAY_MS = 86_400_000;
const HOUR_S = 3_600;

export interface DocumentSources {
  readonly store: Pick<Store, 'read'> & Store;
  /** Versions of the application and of what it runs on. */
  readonly versions: () => Promise<Readonly<Record<string, string>>>;
  readonly health: {
    now(): Promise<ResponseOf<'health.get'>>;
    series(request: RequestOf<'health.series'>): Promise<ResponseOf<'health.series'>>;
  };
  readonly observability: Observability;
  readonly models: () => readonly ModelStatus[];
  readonly keyStore: () => { readonly backend: string; readonly protection: string };
  readonly facts: FactSources;
  /** Wall clock, microseconds since the epoch. */
  readonly nowUs: () => number;
}

/**
 * What a bundle says besides the logs. Each part is read for itself, and one that cannot be read says why: a bundle
 * is wanted most when something is broken. Others get their turn in between.
 */
export async function supportDocuments(sources: DocumentSources): Promise<BundleDocument[]> {
  const parts: readonly (readonly [string, () => unknown])[] = [
    ['versions.json', sources.versions],
    ['doctor.json', async () => ({ ...(await doctorFacts(sources.facts)), key_store: sources.keyStore() })],
    ['health.json', () => sources.health.now()],
    ['ai.json', () => aiFacts(sources)],
    ['configuration.json', () => configuration(sources)],
    ['users.json', () => userFacts(sources.store)],
    ['alerts.json', () => alerts(sources.store)],
    ...Object.keys(HEALTH_METRICS).map(
      (metric) => [`series/${metric}.json`, () => seriesOf(sources, metric as HealthMetric)] as const,
    ),
  ];
  const documents: BundleDocument[] = [];
  for (const [name, read] of parts) {
    documents.push({ name, text: await textOf(read) });
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return documents;
}

async function textOf(read: () => unknown): Promise<string> {
  try {
    return `${JSON.stringify(await read(), null, 1)}\n`;
  } catch (error) {
    return `${JSON.stringify({ failed: messageOf(error) })}\n`;
  }
}

function aiFacts({ observability, models }: DocumentSources) {
  const health = observability.health();
  return {
    health,
    cameras: health.cameras.map(({ camera_id }) => observability.cameraMetrics(camera_id)),
    models: models().map(({ id, origin, manifest, state, reason, device, confined, loadMs, figures }) => ({
      ...{ id, origin, version: manifest.model_version, state, reason, device, confined },
      ...{ load_ms: loadMs, figures },
    })),
  };
}

/** As a backup has it, without what opens a camera and without what people wrote about it. */
async function configuration({ store, nowUs }: DocumentSources) {
  const sections: Record<string, unknown[]> = {};
  const context = { store, nowUs: nowUs(), userId: (await store.read.localUser()).id };
  for (const any of SECTIONS) {
    // Who works here is nobody's business; how many there are stands in users.json.
    if (any.name === 'users') continue;
    const entries = await any.use(async (section) => [...(await section.read(context))]);
    sections[any.name] = any.name === 'cameras' ? (entries as BackupCamera[]).map(plainCamera) : entries;
  }
  return sections;
}

function plainCamera({ username, description, location, ...camera }: BackupCamera) {
  return {
    ...camera,
    rtsp_url: plainAddress(camera.rtsp_url),
    sub_rtsp_url: camera.sub_rtsp_url === null ? null : plainAddress(camera.sub_rtsp_url),
    signs_in: username !== null,
    described: description !== null || location !== null,
  };
}

/** The newest, without who acknowledged them. */
async function alerts(store: Pick<Store, 'read'>) {
  const rows = await store.read.listAlerts({ limit: ALERTS });
  return rows.map(({ acknowledgedBy: _id, acknowledgedByName: _name, ...alert }) => alert);
}

/** How many there are of each role; not who they are. */
async function userFacts(store: Pick<Store, 'read'>) {
  const roles: Record<string, number> = {};
  for (const { role } of await store.read.listUsers()) roles[role] = (roles[role] ?? 0) + 1;
  return roles;
}

/** The last hour as fine as it is known; of the workstation the last day as well. */
async function seriesOf({ health, nowUs }: DocumentSources, metric: HealthMetric) {
  const nowMs = nowUs() / 1000;
  const ask = (lengthMs: number, step: number) =>
    health.series({
      metrics: [metric],
      from: new Date(nowMs - lengthMs).toISOString(),
      to: new Date(nowMs).toISOString(),
      step,
    });
  const hour = await ask(HOUR_S * 1000, 60);
  return HEALTH_METRICS[metric] === 'workstation' ? { hour, day: await ask(DAY_MS, 300) } : { hour };
}
