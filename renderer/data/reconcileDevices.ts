import type { Device, ResponseOf } from '../../contract';

type DeviceList = ResponseOf<'devices.list'>;

/** A new list in which cameras that did not change keep their objects: only changed rows render again. */
export function reconcileDevices(before: DeviceList | null, next: DeviceList): DeviceList {
  if (before === null) return next;
  const known = new Map(before.devices.map((device) => [device.id, device]));
  const keep = (device: Device) => {
    const old = known.get(device.id);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(device) ? old : device;
  };
  return { ...next, devices: next.devices.map(keep) };
}
