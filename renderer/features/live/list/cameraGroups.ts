import type { Device } from '../../../../contract';
import { matchesCamera } from '../../../data/searchCameras';

export type ListOrder = 'name' | 'group' | 'location';

export interface CameraGroup {
  /** Null: not in any group, or without location. */
  readonly title: string | null;
  readonly devices: readonly Device[];
}

const inOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The cameras that a search finds, by name, under the titles that the order asks for; nameless last. */
export function cameraGroups(devices: readonly Device[], search: string, order: ListOrder): CameraGroup[] {
  const found = devices
    .filter((device) => matchesCamera(device, search))
    .sort((a, b) => inOrder.compare(a.name, b.name));
  if (order === 'name') return found.length === 0 ? [] : [{ title: null, devices: found }];
  const groups = new Map<string | null, Device[]>();
  for (const device of found) {
    const titles = order === 'group' ? device.groups : [device.location].filter((at) => at !== null);
    for (const title of titles.length === 0 ? [null] : titles)
      groups.set(title, [...(groups.get(title) ?? []), device]);
  }
  return [...groups]
    .map(([title, members]) => ({ title, devices: members }))
    .sort((a, b) =>
      a.title === null || b.title === null
        ? Number(a.title === null) - Number(b.title === null)
        : inOrder.compare(a.title, b.title),
    );
}
