import type { Device } from '../../../contract';
import { matchesCamera } from '../../data/searchCameras';

export interface PickerEntry {
  readonly device: Device;
  /** The tile that shows it now, from 0; null when none does. */
  readonly shownIn: number | null;
}

/** Cameras for a tile: those that no tile shows come first. */
export function pickerEntries(
  devices: readonly Device[],
  tiles: readonly (string | null)[],
  search: string,
): PickerEntry[] {
  const entries = devices
    .filter((device) => matchesCamera(device, search))
    .map((device) => ({ device, at: tiles.indexOf(device.id) }))
    .map(({ device, at }) => ({ device, shownIn: at < 0 ? null : at }));
  return [
    ...entries.filter(({ shownIn }) => shownIn === null),
    ...entries.filter(({ shownIn }) => shownIn !== null),
  ];
}
