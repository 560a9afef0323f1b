import type { CameraGroup, Device } from '../../../contract';
import type { GroupCheck, Membership } from './GroupChecks';

/** How many of the cameras are in each group. */
export function membershipsOf(groups: readonly string[], devices: readonly Device[]): GroupCheck[] {
  return groups.map((name) => {
    const members = devices.filter((device) => device.groups.includes(name)).length;
    return { name, membership: members === 0 ? 'none' : members === devices.length ? 'all' : 'some' };
  });
}

/** What has to be asked of the main process to bring memberships from `before` to `after`. */
export type GroupChange =
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'add' | 'remove'; readonly id: string; readonly name: string };

export function changesOf(
  groups: readonly CameraGroup[],
  before: readonly GroupCheck[],
  after: readonly GroupCheck[],
): GroupChange[] {
  const was = new Map<string, Membership>(before.map(({ name, membership }) => [name, membership]));
  const ids = new Map(groups.map(({ name, id }) => [name, id]));
  return after.flatMap(({ name, membership }): GroupChange[] => {
    if (membership === 'some' || membership === (was.get(name) ?? 'none')) return [];
    const id = ids.get(name);
    if (id === undefined) return membership === 'all' ? [{ kind: 'create', name }] : [];
    return [{ kind: membership === 'all' ? 'add' : 'remove', id, name }];
  });
}
