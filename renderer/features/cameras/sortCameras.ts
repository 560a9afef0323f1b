import type { SortDescriptor } from 'react-aria-components';
import type { Device } from '../../../contract';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const TEXT_OF: Readonly<Record<string, (device: Device) => string>> = {
  name: (device) => device.name,
  location: (device) => device.location ?? '',
  address: (device) => device.rtsp_url,
};

/** Cameras in the order of a column; `Camera 2` before `Camera 10`. */
export function sortCameras(devices: readonly Device[], { column, direction }: SortDescriptor): Device[] {
  const textOf = TEXT_OF[String(column)] ?? ((device: Device) => device.name);
  const sign = direction === 'descending' ? -1 : 1;
  return [...devices].sort(
    (a, b) => sign * collator.compare(textOf(a), textOf(b)) || collator.compare(a.name, b.name),
  );
}
