import type { ModelCandidate, ModelContainer } from '../../../contract/containers';
import { UNVERIFIED_OUTPUT_TYPES } from '../../../contract/inference/outputSchema';
import type { AiPath } from '../../ai/aiPath';
import { VasError } from '../../base/errors';
import type { ModelStatus } from '../../containers/containers';
import type { HandlerContext, HandlersFor } from './context';

export function containerHandlers({
  ai,
  dialogs,
  modelFolders,
}: HandlerContext): HandlersFor<'model-containers'> {
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
    'model-containers.choose-folder': async (_request, owner) => {
      if (ai.containers === null) throw switchedOff();
      const folder = await dialogs.chooseFolder({ title: 'Choose a model folder', button: 'Choose' });
      if (folder === null) return { chosen: null };
      const inspected = await ai.inspectModel(folder);
      return { chosen: toCandidate(modelFolders.keep(owner, folder), folder, inspected) };
    },
    'model-containers.import': async ({ token, accept_program }, owner) => {
      const folder = modelFolders.peek(owner, token);
      const model_id = await ai.importModel(folder, { program: accept_program });
      modelFolders.drop(token);
      return { model_id };
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

function toCandidate(
  token: string,
  folder: string,
  { model: { manifest, classNames }, weightsBytes }: Awaited<ReturnType<AiPath['inspectModel']>>,
): ModelCandidate {
  const [width, height] = manifest.expected_resolution;
  return {
    ...{ token, path: folder, width, height },
    model_id: manifest.model_id,
    name: manifest.model_name,
    version: manifest.model_version,
    description: manifest.description,
    author: manifest.author,
    license: manifest.license,
    tasks: [...manifest.supported_tasks],
    classes: classNames.length,
    weights_bytes: weightsBytes,
    verified: !UNVERIFIED_OUTPUT_TYPES.has(manifest.output_schema.type),
    program: manifest.handler ?? null,
  };
}

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
    confined: status.confined === null ? null : { ...status.confined },
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
