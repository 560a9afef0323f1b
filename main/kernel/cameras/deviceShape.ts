import type { Device } from '../../../contract';
import { streamInfo } from '../../../contract/devices';
import type { DeviceRow } from '../../store/types';
import type { StreamInfo } from '../streams';

/** A stored camera in the shape of the contract; there is no field for a password. */
export function toDevice(row: DeviceRow): Device {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    location: row.location,
    rtsp_url: row.rtspUrl,
    sub_rtsp_url: row.subRtspUrl,
    username: row.username,
    has_password: row.hasPassword,
    transport: row.transport,
    is_active: row.isActive,
    recording: row.recording,
    main_info: parseInfo(row.mainInfo),
    sub_info: parseInfo(row.subInfo),
    groups: [...row.groups],
    schedule: row.schedule,
    created_at: new Date(row.createdUs / 1000).toISOString(),
    updated_at: new Date(row.updatedUs / 1000).toISOString(),
  };
}

/** The stored result of a probe; null when there is none or it is of another version. */
export function parseInfo(json: string | null): StreamInfo | null {
  if (json === null) return null;
  try {
    return streamInfo.parse(JSON.parse(json));
  } catch {
    return null;
  }
}
