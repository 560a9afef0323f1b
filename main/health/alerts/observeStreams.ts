import type { StreamStatus } from '../../kernel/streams';
import { roleOf } from '../../kernel/streams';
import type { Observation, Presence } from './types';

/** What is known of a camera besides its streams. */
export interface WatchedCamera {
  readonly id: string;
  readonly name: string;
  /** The operator wants it to run. */
  readonly isActive: boolean;
  /** It shall be recorded now. */
  readonly shallRecord: boolean;
  /** Nothing has reached its archive for minutes although it runs. */
  readonly isWithoutFootage: boolean;
}

const MOST_NAMES = 20;

/** What the states of the main streams say about cameras, recording and passwords. Pure. */
export function observeStreams(
  cameras: readonly WatchedCamera[],
  statuses: readonly StreamStatus[],
): Observation[] {
  const main = new Map(
    statuses.filter(({ streamId }) => roleOf(streamId) === 'main').map((status) => [status.streamId, status]),
  );
  const active = cameras.filter(({ isActive }) => isActive);
  const found = active.flatMap((camera) => {
    const status = main.get(camera.id);
    return [offline(camera, status), recordingStopped(camera, status)];
  });
  const locked = active.filter(({ id }) => main.get(id)?.fault?.code === 'no_credentials');
  found.push({
    kind: 'keystore-locked',
    cameraId: null,
    subject: null,
    presence: locked.length > 0 ? 'present' : 'absent',
    detail: {
      cameras: locked.slice(0, MOST_NAMES).map(({ name }) => name),
      camera_count: locked.length,
    },
  });
  return found;
}

function offline({ id }: WatchedCamera, status: StreamStatus | undefined): Observation {
  const fault = status?.fault ?? null;
  return {
    kind: 'camera-offline',
    cameraId: id,
    subject: null,
    presence: offlinePresence(status),
    detail: fault === null ? {} : { fault: fault.code },
  };
}

function offlinePresence(status: StreamStatus | undefined): Presence {
  if (status === undefined) return 'unknown';
  // A disk or a key store that fails is an alert of its own.
  if (status.fault?.code === 'storage' || status.fault?.code === 'no_credentials') return 'absent';
  switch (status.phase) {
    case 'running':
    case 'stopped':
      return 'absent';
    case 'stalled':
    case 'backing-off':
      return 'present';
    case 'starting':
      return status.attempts > 0 ? 'present' : 'unknown';
  }
}

function recordingStopped(camera: WatchedCamera, status: StreamStatus | undefined): Observation {
  const isRefused = status?.fault?.code === 'storage';
  const isRunning = status?.phase === 'running';
  let presence: Presence = 'unknown';
  if (!camera.shallRecord) presence = 'absent';
  else if (isRefused || (isRunning && camera.isWithoutFootage)) presence = 'present';
  else if (isRunning) presence = 'absent';
  return {
    kind: 'recording-stopped',
    cameraId: camera.id,
    subject: null,
    presence,
    detail: { reason: isRefused ? 'storage' : 'no-footage' },
  };
}
