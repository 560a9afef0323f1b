import type { Store } from '../store/types';
import type { TriggerSwitches } from './triggers';

/** Names in the table of settings. */
export const SWITCH_KEYS = { snapshots: 'events.snapshot_triggers', clips: 'events.clip_triggers' } as const;

/** As the operator left them; snapshots on and clips off otherwise (INV-79). */
export async function readSwitches(store: Pick<Store, 'read'>): Promise<TriggerSwitches> {
  const [snapshots, clips] = await Promise.all([
    store.read.getSetting(SWITCH_KEYS.snapshots),
    store.read.getSetting(SWITCH_KEYS.clips),
  ]);
  return { snapshots: snapshots !== 'off', clips: clips === 'on' };
}

export async function storeSwitches(
  store: Pick<Store, 'write'>,
  switches: TriggerSwitches,
  nowUs: number,
): Promise<void> {
  for (const kind of ['snapshots', 'clips'] as const)
    await store.write.setSetting(SWITCH_KEYS[kind], switches[kind] ? 'on' : 'off', nowUs);
}
