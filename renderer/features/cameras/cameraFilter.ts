import type { Device } from '../../../contract';
import { matchesCamera } from '../../data/searchCameras';
import { conditionOf } from '../../data/streamCondition';
import type { TimedStreamState } from '../../data/StreamStore';

export type StateFilter = 'any' | 'running' | 'notRecording' | 'offline' | 'stopped';

/** Which cameras the table shows. Groups and locations carry a prefix, so that no name collides with `any`. */
export interface CameraFilter {
  readonly search: string;
  readonly state: StateFilter;
  /** `any`, `none` or `is:<name>`. */
  readonly group: string;
  /** `any`, `none` or `is:<name>`. */
  readonly location: string;
}

export const NO_FILTER: CameraFilter = { search: '', state: 'any', group: 'any', location: 'any' };

export const STATE_FILTERS: readonly StateFilter[] = ['any', 'running', 'notRecording', 'offline', 'stopped'];

/** Whether anything but the search leaves cameras out. */
export const isFiltered = (filter: CameraFilter) =>
  filter.state !== 'any' || filter.group !== 'any' || filter.location !== 'any';

/** Whether a camera is in a state. `reconnecting` and silent cameras count as offline: no pictures come. */
export function isInState(device: Device, main: TimedStreamState | null, wanted: StateFilter): boolean {
  if (wanted === 'any') return true;
  if (wanted === 'notRecording') return main?.state.recording !== true;
  const { kind } = conditionOf(main, device.is_active);
  switch (wanted) {
    case 'running':
      return kind === 'running';
    case 'offline':
      return kind === 'offline' || kind === 'reconnecting' || kind === 'silent';
    case 'stopped':
      return kind === 'stopped';
  }
}

export function matchesFilter(
  device: Device,
  main: TimedStreamState | null,
  { search, state, group, location }: CameraFilter,
): boolean {
  return (
    matchesChoice(group, device.groups) &&
    matchesChoice(location, placeOf(device) === '' ? [] : [placeOf(device)]) &&
    isInState(device, main, state) &&
    matchesCamera(device, search)
  );
}

function matchesChoice(choice: string, values: readonly string[]): boolean {
  if (choice === 'any') return true;
  return choice === 'none' ? values.length === 0 : values.includes(choice.slice('is:'.length));
}

const placeOf = (device: Device) => device.location?.trim() ?? '';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Every location that a camera has, in alphabetical order. */
export function locationsOf(devices: readonly Device[]): string[] {
  return [...new Set(devices.map(placeOf).filter((place) => place !== ''))].sort(collator.compare);
}
