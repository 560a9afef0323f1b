import { stat, statfs } from 'node:fs/promises';
import { callerNow } from '../../base/caller';
import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { DisposableStore } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { StreamStatus } from '../../kernel/streams';
import type { AlertFilter, Store } from '../../store/types';
import { AlertBook, recordOf } from './alertBook';
import { ClockWatch } from '../../base/clockWatch';
import { FootageWatch } from './footageWatch';
import type { DiskSpace } from './observeDisks';
import { observeDisk } from './observeDisks';
import { observeStreams } from './observeStreams';
import { HealthTick } from '../tick';
import type { WatchedCamera } from './observeStreams';
import type { AlertRecord, Observation } from './types';

/** While something begins or ends, milliseconds. */
const LOOK_MS = 1_000;
/** While all is calm; what streams tell is looked at at once. */
const CALM_MS = 5_000;
/** What streams tell within this time is one look, milliseconds. */
const SOON_MS = 200;
/** Footage is looked at with every third tick. */
const FOOTAGE_TICKS = 3;
const EXPIRE_MS = 6 * 3_600_000;
const DAY_US = 86_400_000_000;

/** `device` tells file systems apart. */
type DiskSpaceOf = Omit<DiskSpace, 'subject'> & { readonly device: number };

/** Before the first look at a disk nothing is known about it, and what lasted may not be taken for gone. */
const UNSEEN: readonly Observation[] = (['recordings', 'data'] as const).map((subject) => ({
  ...{ kind: 'disk-nearly-full', cameraId: null, subject, presence: 'unknown', detail: {} },
}));

/** What the alerts need of the kernel. */
export interface AlertSources {
  statuses(): readonly StreamStatus[];
  /** Of the camera, as the switches and its schedule say. */
  shallRecord(cameraId: string): boolean;
  onStatus(listener: () => void): Disposable;
  /** A camera was added, changed or deleted. */
  onCamerasChanged(listener: () => void): Disposable;
  /** Of the disk that is recorded to. @throws when it cannot be asked */
  recordingsSpace(): Promise<DiskSpaceOf>;
  /** What retention does not delete before somebody confirms it; null: nothing. */
  refusedSweep(): { readonly bytes: number; readonly recordedBytes: number } | null;
}

export interface AlertsOptions {
  readonly sources: AlertSources;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly dataDir: string;
  /** Seconds since boot, sleep included. */
  readonly bootSeconds: () => number;
  /** When the run before ended without being asked to, microseconds, 0 if unknown; null if it ended as it should. */
  readonly uncleanEndUs: number | null;
  /** Shared with the other looks of the health; one of its own where there is none. */
  readonly tick?: HealthTick;
  readonly settings: () => { readonly offlineAfterMs: number; readonly historyDays: number };
}

/** The states that must not be missed (issue 3), and their history. */
export interface Alerts extends Disposable {
  /** Active or not acknowledged. */
  current(): AlertRecord[];
  onChanged(listener: () => void): Disposable;
  history(filter: AlertFilter): Promise<AlertRecord[]>;
  /** By the local user. @returns how many were not acknowledged before */
  acknowledge(ids: readonly string[]): Promise<number>;
  /** Name of a camera that exists. */
  cameraName(id: string): string | null;
  dispose(): Promise<void>;
}

export async function createAlerts(options: AlertsOptions): Promise<Alerts> {
  const { sources, store, clock, settings } = options;
  const log = options.log.child({ part: 'alerts' });
  const owned = new DisposableStore();
  const book = owned.add(
    new AlertBook({ store, clock, log, offlineAfterMs: () => settings().offlineAfterMs }),
  );
  const clockWatch = new ClockWatch(clock, options.bootSeconds);
  const footage = new FootageWatch(clock, (id) => store.read.lastSegmentEnd(id));
  let cameras: readonly Omit<WatchedCamera, 'shallRecord' | 'isWithoutFootage'>[] | null = null;
  let disks = UNSEEN;

  const refused = (): Observation => {
    const sweep = sources.refusedSweep();
    return {
      ...{ kind: 'deletion-refused', cameraId: null, subject: null },
      presence: sweep === null ? 'absent' : 'present',
      detail: sweep === null ? {} : { delete_bytes: sweep.bytes, recorded_bytes: sweep.recordedBytes },
    };
  };
  const readCameras = async () => {
    const { rows } = await store.read.listDevices();
    cameras = rows.map(({ id, name, isActive }) => ({ id, name, isActive }));
  };
  const look = () => {
    for (const event of clockWatch.look()) {
      const nowUs = clock.wallUs();
      if (event.kind === 'slept') book.note('computer-slept', {}, nowUs - event.sleptUs, nowUs);
      else book.note('clock-stepped', { step_ms: Math.round(event.stepUs / 1000) }, nowUs, nowUs);
    }
    // Before the cameras are known nothing can be said, and nothing that lasted may be taken for gone.
    if (cameras === null) return;
    const watched = cameras.map((camera) => ({
      ...camera,
      shallRecord: sources.shallRecord(camera.id),
      isWithoutFootage: footage.isWithout(camera.id),
    }));
    book.observe([...observeStreams(watched, sources.statuses()), ...disks, refused()]);
  };
  const lookAtDisks = async () => {
    const [{ device, ...recordings }, data, { dev }] = await Promise.all([
      sources.recordingsSpace(),
      statfs(options.dataDir),
      stat(options.dataDir),
    ]);
    const dataTotal = data.blocks * data.bsize;
    const dataFree = data.bavail * data.bsize;
    // One disk for both is one alert.
    const isOneDisk = dev === device;
    disks = [
      observeDisk({ subject: 'recordings', ...recordings }),
      ...(isOneDisk
        ? []
        : [observeDisk({ subject: 'data', freeBytes: dataFree, totalBytes: dataTotal, floorBytes: 0 })]),
    ];
  };
  const lookAtFootage = () => {
    const running = sources
      .statuses()
      .filter(({ phase, fault, streamId }) => phase === 'running' && !fault && sources.shallRecord(streamId))
      .map(({ streamId }) => streamId);
    return footage.look(new Set(running));
  };
  const expire = async () => {
    await store.write.deleteAlertsBefore(clock.wallUs() - settings().historyDays * DAY_US);
  };

  const tasks = [
    task('cameras', readCameras),
    task('disks', lookAtDisks),
    task('footage', lookAtFootage),
    task('expiry', expire),
  ] as const;
  const [cameraTask, diskTask, footageTask, expireTask] = tasks;
  /** Runs one at a time: a disk or a store that hangs is asked once, not every few seconds. */
  function task(what: string, work: () => Promise<void>) {
    let running: Promise<void> | null = null;
    let isWanted = false;
    const run = (): void => {
      isWanted = running !== null;
      running ??= work()
        .catch((error: unknown) => log.warn({ what, reason: messageOf(error) }, 'alerts cannot look'))
        .finally(() => {
          running = null;
          if (isWanted) run();
        });
    };
    return { run, done: () => running };
  }

  await book.load().catch((error: unknown) => {
    // Not a reason to stay without video; what still lasts is found again.
    log.error({ reason: messageOf(error) }, 'earlier alerts cannot be read');
  });
  if (options.uncleanEndUs !== null) {
    const nowUs = clock.wallUs();
    book.note('unclean-end', {}, options.uncleanEndUs === 0 ? nowUs : options.uncleanEndUs, nowUs);
  }
  for (const { run } of tasks) run();
  owned.add(sources.onCamerasChanged(() => cameraTask.run()));
  let next: { readonly timer: Timer; readonly atUs: number } | null = null;
  const lookIn = (delayMs: number): void => {
    const atUs = clock.monotonicUs() + delayMs * 1000;
    if (next !== null && next.atUs <= atUs) return;
    next?.timer.cancel();
    const timer = clock.after(delayMs, () => {
      next = null;
      look();
      lookIn(book.isWaiting || cameras === null ? LOOK_MS : CALM_MS);
    });
    next = { timer, atUs };
  };
  lookIn(LOOK_MS);
  owned.add(sources.onStatus(() => lookIn(SOON_MS)));
  owned.defer(() => next?.timer.cancel());
  const tick = options.tick ?? owned.add(new HealthTick(clock));
  let ticks = 0;
  owned.add(
    tick.onTick(() => {
      diskTask.run();
      if (++ticks % FOOTAGE_TICKS === 0) footageTask.run();
    }),
  );
  const expiry = clock.every(EXPIRE_MS, expireTask.run);
  owned.defer(() => expiry.cancel());

  return {
    current: () => book.current(),
    onChanged: (listener) => book.onChanged(listener),
    history: async (filter) => (await store.read.listAlerts(filter)).flatMap((row) => recordOf(row) ?? []),
    acknowledge: async (ids) => book.acknowledge(ids, callerNow() ?? (await store.read.localUser())),
    cameraName: (id) => cameras?.find((camera) => camera.id === id)?.name ?? null,
    dispose: () => owned.dispose(),
  };
}
