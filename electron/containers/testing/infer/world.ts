import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createUtilityLauncher } from '../../utilityLauncher';
import { assignmentRules } from '../../../../contract/assignments';
import { inferenceThrough } from '../../../../main/ai/inferenceClient';
import { systemClock } from '../../../../main/base/clock';
import { DisposableStore } from '../../../../main/base/disposable';
import { silentLogger } from '../../../../main/base/logger';
import type { ModelContainers } from '../../../../main/containers/containers';
import { createModelContainers } from '../../../../main/containers/containers';
import type { RuthCore } from '../../../../main/core/core';
import { createRuthCore } from '../../../../main/core/core';
import type { FrameFeed } from '../../../../main/core/frames';
import type { EventPersistence } from '../../../../main/events/persistence';
import { createEvents } from '../../../../main/events/events';
import { RING_FOLDER } from '../../../../main/kernel/frames/sharedMemory';
import { eventStoreFile, openEventStore } from '../../../../main/store/events/eventStore';
import { openStore } from '../../../../main/store/store';

/** What the benchmark gives its program, in the environment as JSON. */
export interface Setup {
  /** Empty folder for databases and what else is written. */
  readonly folder: string;
  /** Of the repository. */
  readonly root: string;
  readonly modelId: string;
  readonly ffmpeg: string;
  /** 640x360, 5 pictures a second, a key frame each second. */
  readonly clip: string;
  /** Raw NV12 pictures of 640x360, one after the other. */
  readonly pictures: string;
  /** The bundled baseline (onnxLoop.ts). */
  readonly loop: string;
  readonly overheadSeconds: number;
  readonly rateRounds: number;
  readonly rateSeconds: number;
}

/** Where the time of one answered request went, milliseconds. */
export interface Spent {
  readonly model: number;
  readonly wait: number;
  readonly preprocess: number;
  readonly postprocess: number;
}

/** Core, containers and events as main/application.ts puts them together, fed by any frame feed. */
export interface World {
  readonly containers: ModelContainers;
  readonly core: RuthCore;
  readonly persistence: EventPersistence;
  /** By camera and frame id. */
  readonly spent: ReadonlyMap<string, Spent>;
  dispose(): Promise<void>;
}

export const PICTURE = { width: 640, height: 360, bytes: (640 * 360 * 3) / 2 } as const;

export async function openWorld(
  setup: Setup,
  feed: FrameFeed,
  cameraIds: readonly string[],
  desiredFps: number | null,
): Promise<World> {
  const owned = new DisposableStore();
  const log = silentLogger();
  const workerPath = path.join(setup.root, 'dist/workers/store.worker.cjs');
  const dataDir = path.join(setup.folder, randomUUID().slice(0, 4));
  await mkdir(dataDir);
  const now = () => systemClock.wallUs();
  const store = owned.add(await openStore({ dataDir, workerPath, log, userName: 'bench', now }));
  for (const [index, id] of cameraIds.entries())
    await store.write.createDevice({
      ...{ id, name: `Camera ${String(index + 1)}`, description: null, location: null },
      ...{ rtspUrl: `rtsp://192.0.2.1/${String(index)}`, subRtspUrl: null, username: null },
      ...{ sealedPassword: null, transport: 'tcp', isActive: true, recording: false, nowUs: now() },
    });
  const containers = owned.add(
    await createModelContainers({
      roots: [{ origin: 'shipped', folder: path.join(setup.root, 'models') }],
      launcher: createUtilityLauncher(path.join(setup.root, 'dist/workers/container.worker.cjs')),
      ...{ dataDir, exportDir: RING_FOLDER, clock: systemClock, log },
    }),
  );
  const { manifest } = containers.get(setup.modelId);
  await containers.start(setup.modelId);
  const spent = new Map<string, Spent>();
  const core = owned.add(
    createRuthCore({
      ...{ store, frames: feed, clock: systemClock, log },
      containers: inferenceThrough({
        // Only looks at what passes: the core is told no more than in the application.
        async infer(id, request, deadlineMs) {
          const result = await containers.infer(id, request, deadlineMs);
          const frameId = request.frame_metadata.frame_id;
          if (result.ok && frameId !== undefined)
            spent.set(keyOf(request.camera_id, frameId), spentOf(result.response.metadata ?? {}));
          return result;
        },
      }),
    }),
  );
  const { id: userId } = await store.read.localUser();
  const events = owned.add(
    createEvents({
      openStore: () => openEventStore({ dataDir, workerPath, log, now }),
      storeFile: eventStoreFile(dataDir),
      results: core.results,
      captures: { snapshot: nothing, clip: nothing },
      switches: { snapshots: false, clips: false },
      isCamera: (id) => cameraIds.includes(id),
      userId: () => userId,
      ...{
        media: { removeSnapshot: nothing, removeClip: nothing },
        days: () => null,
        onRemoved: () => undefined,
      },
      ...{ clock: systemClock, log },
    }),
  );
  const { persistence } = await events.active();
  await core.models.register([
    {
      ...{ modelId: setup.modelId, name: manifest.model_name, version: manifest.model_version },
      ...{ description: manifest.description, supportedTasks: manifest.supported_tasks },
      configSchema: manifest.config_schema,
    },
  ]);
  for (const camera_id of cameraIds)
    await core.assignments.create({
      ...{ camera_id, model_id: setup.modelId, enabled: true, desired_fps: desiredFps },
      ...{ priority: null, parameters: null },
      rules: assignmentRules.parse({ persist: { when: 'every' } }),
    });
  await core.reconcile();
  return { containers, core, persistence, spent, dispose: () => owned.dispose() };
}

export const keyOf = (cameraId: string, frameId: number): string => `${cameraId} ${String(frameId)}`;

const nothing = () => Promise.reject(new Error('no footage here'));

function spentOf(metadata: Readonly<Record<string, unknown>>): Spent {
  const read = (name: string): number => Number(metadata[name] ?? NaN);
  return {
    model: read('inference_time_ms'),
    wait: read('wait_ms'),
    preprocess: read('preprocess_ms'),
    postprocess: read('postprocess_ms'),
  };
}
