import type { Device } from '../../contract';

/** Whether every word of the search stands in name, location, description, groups or address of a camera. */
export function matchesCamera(device: Device, search: string): boolean {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const text = [
    device.name,
    device.location,
    device.description,
    device.rtsp_url,
    device.sub_rtsp_url,
    ...device.groups,
  ]
    .filter((part) => part !== null)
    .join('\n')
    .toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}
