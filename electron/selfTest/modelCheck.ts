import type { Caller } from '../ipc/caller';
import { confinementOf } from './detectionCheck';
import { Skipped } from './report';

/** Loads every model that comes with the application in a container of its own, as an assignment would. */
export async function modelCheck(caller: Caller): Promise<unknown> {
  const { is_running, containers, unusable } = await caller.query('model-containers.list', {});
  if (unusable.length > 0)
    throw new Error(unusable.map(({ folder, problems }) => `${folder}: ${problems.join(', ')}`).join('; '));
  if (!is_running) throw new Error('model containers are off although the self-test switches them on');
  if (containers.length === 0) throw new Skipped('no models came with this build');
  for (const { model_id } of containers) await caller.command('model-containers.restart', { model_id });
  const loaded = (await caller.query('model-containers.list', {})).containers;
  const failed = loaded.filter(({ state }) => state !== 'ready' && state !== 'degraded');
  if (failed.length > 0)
    throw new Error(
      failed.map(({ model_id, state, reason }) => `${model_id} is ${state}: ${reason ?? ''}`).join('; '),
    );
  return loaded.map(({ model_id, version, load_ms, pid, confined }) => ({
    ...{ model_id, version, load_ms },
    ...confinementOf(pid, confined),
  }));
}
