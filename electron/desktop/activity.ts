import type { Device, StreamState } from '../../contract';
import type { Api } from '../../main/api/api';
import { Emitter } from '../../main/base/emitter';
import type { Disposable } from '../../main/base/disposable';
import { DisposableStore } from '../../main/base/disposable';
import { messageOf } from '../../main/base/errors';
import type { Logger } from '../../main/base/logger';
import { callerOf } from '../ipc/caller';

export interface RecordingCamera {
  readonly id: string;
  readonly name: string;
  /** Its footage is being kept right now. */
  readonly recording: boolean;
}

/** What would be lost if the application ended now. */
export interface Activity {
  /** Cameras that shall record, also those that cannot be reached at the moment; by name. */
  readonly cameras: readonly RecordingCamera[];
  /** Cameras that run, whether they record or not. */
  readonly running: number;
}

export const NOTHING: Activity = { cameras: [], running: 0 };

/** A camera that runs without being recorded is not to record now, whatever its switch says (schedule). */
export function activityOf(devices: readonly Device[], streams: readonly StreamState[]): Activity {
  const active = devices.filter((device) => device.is_active);
  const cameras = active.flatMap((device) => {
    if (!device.recording) return [];
    const stream = streams.find((each) => each.camera_id === device.id && each.role === 'main');
    const recording = stream?.recording ?? false;
    if (stream?.phase === 'running' && !recording) return [];
    return [{ id: device.id, name: device.name, recording }];
  });
  cameras.sort((one, other) => one.name.localeCompare(other.name));
  return { cameras, running: active.length };
}

/** Activity as one line, to notice a change. */
const fingerprint = (activity: Activity) => JSON.stringify(activity);

export interface ActivityWatch extends Disposable {
  current(): Activity;
  onChanged(listener: (activity: Activity) => void): Disposable;
}

/** Follows the application's own subscriptions; until it has started nothing runs. */
export function watchActivity(starting: Promise<Api>, log: Logger): ActivityWatch {
  const owned = new DisposableStore();
  const changed = new Emitter<Activity>((error) => log.error({ err: error }, 'the desktop was not told'));
  let devices: readonly Device[] = [];
  let streams: readonly StreamState[] = [];
  let current = NOTHING;
  const update = () => {
    const next = activityOf(devices, streams);
    if (fingerprint(next) === fingerprint(current)) return;
    current = next;
    changed.emit(next);
  };
  const caller = callerOf(starting, 'desktop');
  const readDevices = () =>
    caller.query('devices.list', {}).then(
      (answer) => {
        devices = answer.devices;
        update();
      },
      (error: unknown) => log.warn({ reason: messageOf(error) }, 'the desktop cannot read the cameras'),
    );
  starting.then(
    (api) => {
      owned.defer(
        api.subscribe('streams.states', {}, (value) => {
          streams = (value as { streams: StreamState[] }).streams;
          update();
        }),
      );
      owned.defer(api.subscribe('devices.revision', {}, () => void readDevices()));
      void readDevices();
    },
    () => undefined,
  );
  return {
    current: () => current,
    onChanged: (listener) => changed.on(listener),
    dispose: () => owned.dispose(),
  };
}
