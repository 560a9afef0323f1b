import { readFileSync } from 'node:fs';
import type { Api } from '../../main/api/api';
import type { Caller } from '../ipc/caller';
import { listen } from './listen';
import type { Check } from './report';
import type { TestCamera } from './testCamera';
import { seccompOf } from './window';

const MODEL = 'nanodet-g-416x256';
/** The model may have to be loaded first, milliseconds. */
const LISTEN_MS = 45_000;
/** Results that tell that a model goes on looking. */
const RESULTS = 5;

/**
 * Lets a detector look at the live camera: frames reach its confined process and boxes come back. Whether there is
 * anything to find is the camera's affair, so their number is told and not judged.
 */
export const detectionCheck = (camera: TestCamera, api: Promise<Api>, caller: Caller): Check => ({
  name: 'a detector looks at the camera',
  limitMs: LISTEN_MS + 15_000,
  async run() {
    const camera_id = camera.id;
    if (camera.liveAtMs === null) throw new Error('there is no picture to look at');
    const { id } = await caller.command('ai-model-assignments.create', {
      ...{ camera_id, model_id: MODEL, rules: { persist: { when: 'never' } } },
    });
    const results = await listen(
      await api,
      'detections',
      { camera_ids: [camera_id] },
      (values) => values.length >= RESULTS && values.some(({ detections }) => detections.length > 0),
      LISTEN_MS,
    );
    const { containers } = await caller.query('model-containers.list', {});
    const container = containers.find(({ model_id }) => model_id === MODEL);
    const confinement = confinementOf(container?.pid ?? null, container?.confined ?? null);
    await caller.command('ai-model-assignments.delete', { id });
    if (results.length < RESULTS)
      throw new Error(
        `${String(results.length)} results came: ${container?.reason ?? container?.state ?? ''}`,
      );
    const found = results.flatMap(({ detections }) => detections);
    const [best] = [...found].sort((a, b) => b.confidence - a.confidence);
    return {
      ...{ model_id: MODEL, results: results.length, boxes: found.length, ...confinement },
      best: best === undefined ? null : { class: best.class_name, confidence: best.confidence },
    };
  },
});

/**
 * What keeps a container's process from files and network, as it says and as the kernel shows it from outside.
 * @throws Error when the system offers it and it is not in force
 */
export function confinementOf(
  pid: number | null,
  confined: { readonly files: boolean; readonly network: boolean } | null,
) {
  if (pid === null || confined === null) throw new Error('the container does not run');
  if (process.platform !== 'linux') return { confined };
  const seccomp = seccompOf(pid);
  if (!confined.network || seccomp !== 'filter') throw new Error('the container reaches the network');
  if (!confined.files && hasLandlock()) throw new Error("the container reaches the user's files");
  return { confined, seccomp };
}

/** Whether the kernel has Landlock switched on; true where it does not say. */
function hasLandlock(): boolean {
  try {
    return readFileSync('/sys/kernel/security/lsm', 'utf8').split(',').includes('landlock');
  } catch {
    return true;
  }
}
