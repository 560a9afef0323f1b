import type { ModelContainer } from '../../../contract/containers';
import { VasError } from '../../base/errors';
import type { ModelStatus } from '../../containers/containers';
import type { HandlerContext, HandlersFor } from './context';

export function containerHandlers({ ai, dialogs }: HandlerContext): HandlersFor<'model-containers'> {
  return {
    'model-containers.list': () => {
      const { containers } = ai;
      return Promise.resolve({
        is_running: containers !== null,
        containers: containers?.list().map(toContainer) ?? [],
        unusable: (containers?.unusable() ?? []).map(({ folderName, origin, problems }) => ({
          folder: folderName,
          origin,
          problems: [...problems],
        })),
      });
    },
    'model-containers.import': async () => {
      if (ai.containers === null) throw switchedOff();
      const folder = await dialogs.chooseFolder({ title: 'Import a model folder', button: 'Import' });
      return { model_id: folder === null ? null : await ai.importModel(folder) };
    },
    'model-containers.restart': async ({ model_id }) => {
      if (ai.containers === null) throw switchedOff();
      await ai.containers.restart(model_id);
      return {};
    },
  };
}

const switchedOff = (): VasError =>
  new VasError(
    'unavailable',
    'The frame export is switched off, so no model runs. Switch it on in Settings.',
  );

function toContainer(status: ModelStatus): ModelContainer {
  const { manifest, figures } = status;
  return {
    model_id: status.id,
    name: manifest.model_name,
    version: manifest.model_version,
    description: manifest.description,
    origin: status.origin,
    license: manifest.license,
    tasks: [...manifest.supported_tasks],
    class_names: [...status.classNames],
    verified: status.verified,
    state: status.state,
    reason: status.reason,
    pid: status.pid,
    device: status.device === null ? null : { ...status.device },
    load_ms: status.loadMs,
    heartbeat_age_ms: status.heartbeatAgeMs,
    requests: figures.requests,
    answered: figures.answered,
    errors: figures.errors,
    timeouts: figures.timeouts,
    busy: figures.busy,
    late: figures.late,
    in_flight: figures.inFlight,
    throughput: figures.throughput,
    latency_ms: figures.latencyMs,
    model_ms: figures.modelMs,
  };
}
