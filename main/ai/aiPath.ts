import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { DisposableStore } from '../base/disposable';
import { messageOf, VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import type { ModelContainers } from '../containers/containers';
import { createModelContainers } from '../containers/containers';
import type { ModelRoot } from '../containers/discovery';
import { discoverModels } from '../containers/discovery';
import type { ImportConsent } from '../containers/importModel';
import { importModel, inspectModel } from '../containers/importModel';
import type { ContainerLauncher } from '../containers/launcher';
import type { RuthCore } from '../core/core';
import { createRuthCore } from '../core/core';
import type { FrameExport } from '../kernel/frames/frameExport';
import { RING_FOLDER } from '../kernel/frames/sharedMemory';
import type { Store } from '../store/types';
import { ExportedFrameFeed } from './frameFeed';
import { inferenceThrough, NO_CONTAINERS } from './inferenceClient';

export interface AiPathOptions {
  readonly store: Store;
  /** Null when the flag is off: assignments are kept, nothing runs, no container exists (INV-02). */
  readonly frames: FrameExport | null;
  readonly dataDir: string;
  /** Shipped first, imported after. */
  readonly modelRoots: readonly ModelRoot[];
  readonly launcher: ContainerLauncher;
  readonly clock: Clock;
  readonly log: Logger;
}

/** From frame to detection: Ruth AI Core between the kernel's frame export and the model containers. */
export interface AiPath extends Disposable {
  readonly core: RuthCore;
  /** Null when the flag is off. */
  readonly containers: ModelContainers | null;
  /** Registers the models and begins with what is assigned. To be called when video runs. */
  start(): Promise<void>;
  /** A camera uses the model, as the last reconciliation saw it. */
  isWanted(modelId: string): boolean;
  /** What a folder holds that a person chose. @throws as `importModel` */
  inspectModel(folder: string): ReturnType<typeof inspectModel>;
  /**
   * Copies a model folder that a person chose into the application's own and registers the model.
   * @returns its id
   * @throws VasError invalid, conflict, bad_request as `importModel`; unavailable while frames are not exported
   */
  importModel(folder: string, consent: ImportConsent): Promise<string>;
  /** Stops containers first, then subscriptions. */
  dispose(): Promise<void>;
}

/** Its failures stay here: without containers the core runs idle. */
export async function createAiPath(options: AiPathOptions): Promise<AiPath> {
  const { frames, clock } = options;
  const log = options.log.child({ part: 'ai' });
  const owned = new DisposableStore();
  const containers = frames === null ? null : await openContainers(options, log);
  if (containers !== null) owned.add(containers);
  const feed = frames === null || containers === null ? null : owned.add(new ExportedFrameFeed(frames));
  let wanted: ReadonlySet<string> = new Set();
  const core = owned.add(
    createRuthCore({
      ...{ store: options.store, frames: feed, clock, log },
      containers: containers === null ? NO_CONTAINERS : inferenceThrough(containers),
      onModels: (modelIds) => {
        wanted = modelIds;
        if (containers !== null) startWanted(containers, modelIds, log);
      },
    }),
  );

  async function register(): Promise<void> {
    const { available } = await discoverModels(options.modelRoots);
    await core.models.register(
      available.map(({ id, model: { manifest } }) => ({
        modelId: id,
        name: manifest.model_name,
        version: manifest.model_version,
        description: manifest.description,
        supportedTasks: manifest.supported_tasks,
        configSchema: manifest.config_schema,
      })),
    );
  }

  let isClosing = false;
  return {
    core,
    containers,
    async start() {
      try {
        await register();
      } catch (error) {
        if (isClosing) return;
        log.error({ reason: messageOf(error) }, 'the models could not be registered');
      }
      await core.reconcile();
    },
    isWanted: (modelId) => wanted.has(modelId),
    inspectModel: async (folder) => inspectModel(folder, takenIds(importing(containers))),
    async importModel(folder, consent) {
      const open = importing(containers);
      const imported = options.modelRoots.find(({ origin }) => origin === 'imported');
      if (imported === undefined) throw new VasError('internal', 'There is no folder for imported models.');
      const modelId = await importModel(folder, imported.folder, takenIds(open), consent);
      await open.rediscover();
      await register();
      log.info({ model: modelId }, 'model imported');
      return modelId;
    },
    dispose() {
      isClosing = true;
      return owned.dispose();
    },
  };
}

const takenIds = (containers: ModelContainers): Set<string> => new Set(containers.list().map(({ id }) => id));

function importing(containers: ModelContainers | null): ModelContainers {
  if (containers !== null) return containers;
  throw new VasError(
    'unavailable',
    'The frame export is switched off, so no model can be taken in. Switch it on in Settings.',
  );
}

async function openContainers(options: AiPathOptions, log: Logger): Promise<ModelContainers | null> {
  const { dataDir, launcher, clock } = options;
  try {
    return await createModelContainers({
      ...{ roots: options.modelRoots, dataDir, launcher, clock, log },
      exportDir: RING_FOLDER,
    });
  } catch (error) {
    log.error({ reason: messageOf(error) }, 'model containers cannot run');
    return null;
  }
}

/** A container starts with the first assignment of its model; one that failed waits for a person (INV-48). */
function startWanted(containers: ModelContainers, modelIds: ReadonlySet<string>, log: Logger): void {
  for (const { id, state } of containers.list()) {
    if (!modelIds.has(id) || state !== 'stopped') continue;
    containers
      .start(id)
      .catch((error: unknown) => log.warn({ model: id, reason: messageOf(error) }, 'a model cannot run'));
  }
}
