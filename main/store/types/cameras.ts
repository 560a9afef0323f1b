/** Cameras and their groups. Times are microseconds since the Unix epoch, UTC. */

/** What is known of a camera from the moment when it is added. */
interface DeviceFields {
  /** Lower-case UUID. */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly location: string | null;
  /** Without credentials. */
  readonly rtspUrl: string;
  readonly subRtspUrl: string | null;
  readonly username: string | null;
  readonly transport: 'tcp' | 'udp';
  /** The operator wants it to run. */
  readonly isActive: boolean;
  readonly recording: boolean;
}

export interface DeviceRow extends DeviceFields {
  readonly hasPassword: boolean;
  /** JSON of the last probe (StreamInfo) of each stream, null before the first. */
  readonly mainInfo: string | null;
  readonly subInfo: string | null;
  /** Names of the groups it belongs to, in alphabetical order. */
  readonly groups: readonly string[];
  /** When it is recorded, as in `recording_schedules`; null: always. */
  readonly schedule: string | null;
  readonly createdUs: number;
  readonly updatedUs: number;
}

/** The last time that a camera's main stream could not be had. */
export interface CameraFaultRow {
  readonly cameraId: string;
  /** A code of the contract. */
  readonly code: string;
  readonly sinceUs: number;
  /** Null while it lasts. */
  readonly untilUs: number | null;
}

export interface GroupRow {
  /** Lower-case UUID. */
  readonly id: string;
  readonly name: string;
  /** Cameras that are not deleted, in order of their creation. */
  readonly cameraIds: readonly string[];
}

export interface NewDevice extends DeviceFields {
  /** Sealed by the vault, never plain. */
  readonly sealedPassword: Uint8Array | null;
  /** Names; the ones that do not exist yet are made. Default none. */
  readonly groups?: readonly string[];
  /** Null or absent: always. */
  readonly schedule?: string | null;
  /** Takes over the sealed password of this camera where `sealedPassword` is null. */
  readonly copyPasswordFrom?: string;
  readonly nowUs: number;
}

/** Only the fields present are changed. `sealedPassword: null` forgets the password. */
export type DevicePatch = Partial<Omit<NewDevice, 'id' | 'nowUs' | 'copyPasswordFrom'>> & {
  readonly nowUs: number;
};

export interface CameraReads {
  listDevices(options?: { offset?: number; limit?: number }): Promise<{ rows: DeviceRow[]; total: number }>;
  getDevice(id: string): Promise<DeviceRow | null>;
  /** Of all cameras there ever were, deleted ones too: none of these ids can be given again. */
  usedDeviceIds(): Promise<string[]>;
  /** The vault's sealed bytes; only the cameras service asks for them. */
  getSealedPassword(deviceId: string): Promise<Uint8Array | null>;
  lastFault(cameraId: string): Promise<CameraFaultRow | null>;
  /** In alphabetical order. */
  listGroups(): Promise<GroupRow[]>;
}

export interface CameraWrites {
  /** @throws VasError conflict when another live device has the same main URL */
  createDevice(device: NewDevice): Promise<DeviceRow>;
  /** @throws VasError not_found, conflict */
  updateDevice(id: string, patch: DevicePatch): Promise<DeviceRow>;
  /** Tombstone: history stays, the name in it too; the sealed password is erased. @throws VasError not_found */
  deleteDevice(id: string, nowUs: number): Promise<void>;
  /** Replaces the one before. A camera that does not exist is left out. */
  noteFault(fault: CameraFaultRow): Promise<void>;
  /** The fault that lasts has ended; without one nothing happens. */
  endFault(cameraId: string, untilUs: number): Promise<void>;
  /** Cameras that do not exist are left out. @throws VasError conflict when there is a group of this name */
  createGroup(name: string, cameraIds: readonly string[], nowUs: number): Promise<GroupRow>;
  /** @throws VasError not_found, conflict */
  renameGroup(id: string, name: string, nowUs: number): Promise<GroupRow>;
  /** Its cameras stay. @throws VasError not_found */
  deleteGroup(id: string): Promise<void>;
  /** Cameras that do not exist are left out. @throws VasError not_found */
  changeGroupMembers(
    id: string,
    how: 'set' | 'add' | 'remove',
    cameraIds: readonly string[],
  ): Promise<GroupRow>;
  setDeviceInfo(id: string, role: 'main' | 'sub', infoJson: string): Promise<void>;
}
