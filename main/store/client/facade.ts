import type { ReadCall, StoreCall, WriteCall } from '../protocol';
import type { StoreReads, StoreWrites } from '../types';

/** Answers a call. */
export type Send = (call: StoreCall) => Promise<unknown>;

// Records rather than lists: a method added to the contract and forgotten here does not compile.
const READS: Record<ReadCall['name'], true> = {
  listDevices: true,
  getDevice: true,
  usedDeviceIds: true,
  getSealedPassword: true,
  listGroups: true,
  archiveUsage: true,
  lastFault: true,
  listMotion: true,
  searchMotion: true,
  motionSeconds: true,
  sqliteVersion: true,
  localUser: true,
  listUsers: true,
  getUser: true,
  findUser: true,
  getPasswordHash: true,
  listAudit: true,
  verifyAudit: true,
  auditHead: true,
  auditNames: true,
  evidenceKey: true,
  getSetting: true,
  listSettings: true,
  findSegments: true,
  coverage: true,
  segmentBefore: true,
  bookmarksBetween: true,
  oldestSegments: true,
  recordedBytes: true,
  recordedDays: true,
  segmentByPath: true,
  segmentPaths: true,
  sealedSegments: true,
  chainHead: true,
  chainCuts: true,
  listTombstones: true,
  findGaps: true,
  listFootageLocks: true,
  getFootageLock: true,
  lockedBytes: true,
  listStorageFolders: true,
  expiryCutoff: true,
  expirySummary: true,
  lastSegmentEnd: true,
  listSnapshots: true,
  getSnapshot: true,
  listBookmarks: true,
  getBookmark: true,
  listCaptures: true,
  countCaptures: true,
  getCapture: true,
  captureTags: true,
  pendingAlerts: true,
  listAlerts: true,
  listLayouts: true,
  listModels: true,
  getModel: true,
  listAssignments: true,
  getAssignment: true,
  wantedAssignments: true,
  healthMinutes: true,
};

const WRITES: Record<WriteCall['name'], true> = {
  createDevice: true,
  updateDevice: true,
  deleteDevice: true,
  noteFault: true,
  addMotion: true,
  expireMotion: true,
  endFault: true,
  createGroup: true,
  renameGroup: true,
  deleteGroup: true,
  changeGroupMembers: true,
  setDeviceInfo: true,
  setSetting: true,
  setSettings: true,
  insertSegment: true,
  sealSegment: true,
  deleteSegments: true,
  forgetTombstonesIn: true,
  burySegments: true,
  forgetTombstones: true,
  replaceGaps: true,
  forgetOldGaps: true,
  addFootageLock: true,
  extendFootageLock: true,
  releaseFootageLock: true,
  addStorageFolder: true,
  setCurrentStorageFolder: true,
  removeStorageFolder: true,
  insertSnapshot: true,
  deleteSnapshot: true,
  insertBookmark: true,
  updateBookmarkLabel: true,
  deleteBookmark: true,
  updateCapture: true,
  saveAlert: true,
  acknowledgeAlerts: true,
  deleteAlertsBefore: true,
  createLayout: true,
  updateLayout: true,
  deleteLayout: true,
  reorderLayouts: true,
  putModel: true,
  setModelEnabled: true,
  createAssignment: true,
  updateAssignment: true,
  deleteAssignment: true,
  createUser: true,
  updateUser: true,
  setPassword: true,
  noteSignIn: true,
  noteFailedSignIn: true,
  deleteUser: true,
  resetAdministrator: true,
  addEvidenceKey: true,
  appendAudit: true,
  saveHealthMinute: true,
};

/** An interface whose methods are sent as calls. */
export function methodsOf<Api>(names: Record<keyof Api & string, true>, send: Send): Api {
  return Object.fromEntries(
    Object.keys(names).map((name) => [name, (...args: unknown[]) => send({ name, args } as StoreCall)]),
  ) as Api;
}

export function readsThrough(send: Send): StoreReads {
  return methodsOf<StoreReads>(READS, send);
}

export function writesThrough(send: Send): StoreWrites {
  const methods = methodsOf<StoreWrites>(WRITES, send);
  return {
    ...methods,
    createDevice: (device) => methods.createDevice({ ...device, ...ownBytes(device) }),
    updateDevice: (id, patch) => methods.updateDevice(id, { ...patch, ...ownBytes(patch) }),
  };
}

/** A Buffer may be a window on memory shared with others, all of which would be copied to the worker. */
function ownBytes(holder: { readonly sealedPassword?: Uint8Array | null }): { sealedPassword?: Uint8Array } {
  return holder.sealedPassword ? { sealedPassword: Uint8Array.from(holder.sealedPassword) } : {};
}
