import { rmdir } from 'node:fs/promises';
import type { InferenceRequest } from '../../contract/inference/messages';
import type { ModelManifest } from '../../contract/inference/manifest';
import { UNVERIFIED_OUTPUT_TYPES } from '../../contract/inference/outputSchema';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import { Container } from './container';
import type { ModelRoot, UnusableModel } from './discovery';
import { discoverModels } from './discovery';
import type { Figures } from './figures';
import type { ContainerLauncher } from './launcher';
import type { InferenceResult } from './result';
import type { ContainerHealth } from './supervisor';
import { openSocketFolder } from './sockets';

export type { InferenceFailure, InferenceResult } from './result';
export type { ContainerHealth, ContainerState } from './supervisor';
export type { Figures, Percentiles } from './figures';
export type { UnusableModel } from './discovery';

/** One model and how its container is. */
export interface ModelStatus extends ContainerHealth {
  readonly id: string;
  readonly origin: 'shipped' | 'imported';
  /** Everything that model.yaml says (INV-66). */
  readonly manifest: ModelManifest;
  readonly classNames: readonly string[];
  /** False: outputs of this family were never checked against real weights here. */
  readonly verified: boolean;
  readonly figures: Figures;
}

/** All model containers. Exists only while frames are exported: with the flag off there is none (INV-02). */
export interface ModelContainers extends Disposable {
  /** In the order of discovery. */
  list(): ModelStatus[];
  /** Folders that are no usable model, with what is wrong. */
  unusable(): readonly UnusableModel[];
  /** @throws VasError not_found */
  get(id: string): ModelStatus;
  /**
   * Starts a model's container and waits until it is ready; starting a running one is harmless.
   * @throws VasError not_found; unavailable with the reason when it cannot run
   */
  start(id: string): Promise<void>;
  /** Lets it finish and ends it. @throws VasError not_found */
  stop(id: string): Promise<void>;
  /** The only way back from `unavailable`; never done by itself (INV-48). @throws as `start` */
  restart(id: string): Promise<void>;
  /**
   * Asks a model about one frame. Never rejects, never repeats.
   * @param deadlineMs min(1000, 2000 / fps), the caller's choice; a later answer is discarded and counted
   */
  infer(id: string, request: InferenceRequest, deadlineMs: number): Promise<InferenceResult>;
  /** Looks for models again, after an import or a repair; containers that exist are left as they are. */
  rediscover(): Promise<void>;
  /** Told the id of a model whose container changed its state. */
  onChange(listener: (id: string) => void): Disposable;
}

export interface ModelContainersOptions {
  /** Shipped first, imported after. */
  readonly roots: readonly ModelRoot[];
  readonly dataDir: string;
  /** Folder of the frame rings: /dev/shm. */
  readonly exportDir: string;
  readonly launcher: ContainerLauncher;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Discovers models; starts none. @throws VasError unavailable when there is no place for sockets */
export async function createModelContainers(options: ModelContainersOptions): Promise<ModelContainers> {
  const socketFolder = await openSocketFolder(options.dataDir);
  const changed = new Emitter<string>((error) => options.log.error({ err: error }, 'a listener failed'));
  const containers = new Map<string, Container>();
  let unusable: readonly UnusableModel[] = [];

  async function rediscover(): Promise<void> {
    const discovery = await discoverModels(options.roots);
    unusable = discovery.unusable;
    for (const { folderName, problems } of unusable)
      options.log.warn({ folder: folderName, problems }, 'a model folder cannot be used');
    for (const found of discovery.available) {
      if (containers.has(found.id)) continue;
      const container = new Container({ ...options, found, socketFolder });
      container.supervisor.changed.on(() => changed.emit(found.id));
      containers.set(found.id, container);
    }
  }

  const find = (id: string): Container => {
    const container = containers.get(id);
    if (container) return container;
    throw new VasError('not_found', `There is no model ${id}.`, { details: { model_id: id } });
  };
  const statusOf = (container: Container): ModelStatus => ({
    id: container.found.id,
    origin: container.found.origin,
    manifest: container.found.model.manifest,
    classNames: container.found.model.classNames,
    verified: !UNVERIFIED_OUTPUT_TYPES.has(container.found.model.manifest.output_schema.type),
    ...container.health(),
    figures: container.figures(),
  });
  async function start(id: string): Promise<void> {
    const container = find(id);
    await container.start();
    const { state, reason } = container.health();
    if (state === 'ready' || state === 'degraded') return;
    const why = state === 'stopped' ? 'it was stopped meanwhile' : (reason ?? 'unknown reason');
    throw new VasError('unavailable', `The model ${id} cannot run: ${why}`, { details: { model_id: id } });
  }

  await rediscover();
  return {
    list: () => [...containers.values()].map(statusOf),
    unusable: () => unusable,
    get: (id) => statusOf(find(id)),
    start,
    stop: async (id) => find(id).stop(),
    async restart(id) {
      await find(id).stop();
      await start(id);
    },
    async infer(id, request, deadlineMs) {
      const container = containers.get(id);
      if (container) return container.infer(request, deadlineMs);
      return { ok: false, failure: 'unavailable', message: `There is no model ${id}.` };
    },
    rediscover,
    onChange: (listener) => changed.on(listener),
    async dispose() {
      await Promise.all([...containers.values()].map((container) => container.dispose()));
      // Empty by now; it may lie where nobody else would clear it away.
      await rmdir(socketFolder).catch(() => undefined);
    },
  };
}
