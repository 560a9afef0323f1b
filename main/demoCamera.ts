import type { Device, DeviceCreate, DeviceUpdate } from '../contract';
import { rtspUrl } from '../contract/devices';

interface Cameras {
  list(options: { skip: number; limit: number }): Promise<{ devices: Device[] }>;
  create(device: DeviceCreate): Promise<Device>;
  update(patch: DeviceUpdate): Promise<Device>;
}

/**
 * Adds the demo's camera through the product's own path. Its server takes a free port at each start, so a
 * camera with the same path on loopback gets the new address instead of a twin.
 * @param address from the demo program; null outside the demo
 * @returns its id; null outside the demo
 * @throws VasError invalid when the address is not an RTSP address
 */
export async function ensureDemoCamera(cameras: Cameras, address: string | null): Promise<string | null> {
  if (address === null) return null;
  const url = new URL(rtspUrl.parse(address));
  const { devices } = await cameras.list({ skip: 0, limit: 1000 });
  const known = devices.find((device) => {
    const other = new URL(device.rtsp_url);
    return other.hostname === url.hostname && other.pathname === url.pathname;
  });
  if (!known) return (await cameras.create({ name: 'Pedestrians', location: 'Demo', rtsp_url: url.href })).id;
  if (known.rtsp_url !== url.href) await cameras.update({ id: known.id, rtsp_url: url.href });
  return known.id;
}
