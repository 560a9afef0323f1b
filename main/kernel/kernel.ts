import path from 'node:path';
import * as mediasoup from 'mediasoup';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { DisposableStore } from '../base/disposable';
import { messageOf } from '../base/errors';
import type { Logger } from '../base/logger';
import type { Store } from '../store/types';
import type { CaptureParts } from './captureParts';
import { createCaptureParts } from './captureParts';
import { CameraFaults } from './cameras/faults';
import { CameraGroups } from './cameras/groups';
import { probeStream } from './cameras/probe';
import { CameraService } from './cameras/service';
import type { FrameExport } from './frames/frameExport';
import { MotionRecorder } from './frames/motionRecorder';
import { openFrameExport } from './frames/openFrameExport';
import type { KernelGround } from './ground';
import { ownJobs, ownWorker } from './ground';
import { healAll } from './healAll';
import { MotionSearches } from './motionSearch/motionSearches';
import type { Ingest } from './ingest/ingest';
import { createIngest } from './ingest/ingest';
import type { Live } from './live/live';
import { createLive } from './live/live';
import type { PlaybackAnswer } from './playback/playback';
import type { PlaybackParts } from './playback/playbackParts';
import { createPlaybackParts } from './playback/playbackParts';
import { resolveMedia } from './media/resolveMedia';
import { createChildRegistry, sweepChildren } from './process/registry';
import type { KernelProcess } from './processes';
import { listProcesses } from './processes';
import { programVersion } from './process/programVersion';
import type { Recording } from './recording/recording';
import { ArchiveOutlook } from './recording/archiveOutlook';
import { createRecording, defaultRecordingsFolder } from './recording/recording';
import { FootageLocks } from './recording/locks/footageLocks';
import { RestartInTurn } from './recording/folders/restartInTurn';
import { RecordingSchedule } from './recording/schedule/recordingSchedule';
import type { RetentionSettings } from './recording/settings';
import { DEFAULT_RECORDING_SETTINGS } from './recording/settings';
import type { SecretVault } from './secrets';
import { cameraIdOf, roleOf } from './streams';
import { Viewers } from './viewers';

export interface KernelOptions {
  readonly dataDir: string;
  readonly workersDir: string;
  readonly programs: { readonly ffmpeg: string; readonly ffprobe: string; readonly mediasoupWorker: string };
  readonly store: Store;
  readonly vault: SecretVault;
  readonly clock: Clock;
  /** How long recordings are kept; changed later through `recording.setRetention`. */
  readonly retention?: RetentionSettings;
  /** Frames per ring where frames are exported; null: the flag is off (AI_FRAME_EXPORT_ENABLED). */
  readonly frameExport?: { readonly capacity: number } | null;
  /** Processor cores, the most mediasoup-workers there will be. */
  readonly cores: number;
  readonly log: Logger;
}

/** Cameras, ingest, recording, live view and captures, wired together. Knows nothing of AI or of Electron. */
export interface Kernel extends CaptureParts, PlaybackParts, Disposable {
  readonly cameras: CameraService;
  readonly groups: CameraGroups;
  readonly faults: CameraFaults;
  /** Null while frames are not exported. */
  readonly motion: MotionRecorder | null;
  readonly outlook: ArchiveOutlook;
  readonly ingest: Ingest;
  readonly live: Live;
  readonly viewers: Viewers;
  readonly motionSearches: MotionSearches;
  readonly recording: Recording;
  readonly schedule: RecordingSchedule;
  readonly locks: FootageLocks;
  /** Null while the flag is off. */
  readonly frames: FrameExport | null;
  readonly vault: SecretVault;
  readonly clock: Clock;
  /** The default folder for recordings. */
  readonly recordingsDir: string;
  readonly mediasoupVersion: string;
  ffmpegVersion(): Promise<string>;
  processes(): KernelProcess[];
  /** File behind a media address, by id only; null when there is none. */
  resolveMedia(parts: readonly string[]): Promise<{ file: string; mime: string } | null>;
  /** Answers an address of a playback session. @throws VasError not_found */
  answerPlayback(parts: readonly string[]): Promise<PlaybackAnswer>;
  /** A window is gone, and with it what it had open. */
  closeOwner(ownerId: string): void;
  /** Heals what an unclean end left behind, then starts every camera that shall run. */
  start(): Promise<void>;
  /** Resolves when no child, socket, worker or timer of the kernel is left. */
  dispose(): Promise<void>;
}

export async function createKernel(options: KernelOptions): Promise<Kernel> {
  const { dataDir, programs, store, vault, clock, log } = options;
  const owned = new DisposableStore();
  let closing = false;
  const runFile = path.join(dataDir, 'run', 'children.json');
  await sweepChildren(runFile, log);
  const registry = createChildRegistry(runFile, log);
  owned.defer(() => registry.flushed());

  const recordingsDir = defaultRecordingsFolder(dataDir);
  const mediaWorker = path.join(options.workersDir, 'media.worker.cjs');
  const recording = owned.add(
    createRecording({
      ...{ folder: recordingsDir, dataDir, store, clock, log, workerPath: mediaWorker },
      settings: {
        ...DEFAULT_RECORDING_SETTINGS,
        retention: options.retention ?? DEFAULT_RECORDING_SETTINGS.retention,
      },
    }),
  );
  const schedule = owned.add(new RecordingSchedule({ recording, clock, log }));
  const live = owned.add(
    createLive({
      workerBin: programs.mediasoupWorker,
      ffmpegPath: programs.ffmpeg,
      clock,
      log,
      cores: options.cores,
      timesPictures: Boolean(options.frameExport),
      registry,
    }),
  );
  const ground: KernelGround = {
    ...{ dataDir, store, recording, registry, clock, log, owned },
    ...{ ffmpeg: programs.ffmpeg, mediaWorker },
  };
  const cut = createCaptureParts(ground);
  const played = createPlaybackParts(ground);
  // A thread and an FFmpeg of its own, behind everything else: nobody waits for a search but who asked for it.
  const scanJobs = ownJobs(ground, { concurrency: 1, background: true });
  const scanWorker = ownWorker(ground, true);
  const motionSearches = owned.add(
    new MotionSearches({
      ...{ store, footage: recording, worker: scanWorker, jobs: scanJobs, clock, log },
      flush: async () => motion?.flush(),
    }),
  );
  const frames = await openFrameExport({
    ...{ store, clock, log, registry, ffmpegPath: programs.ffmpeg },
    capacity: options.frameExport?.capacity ?? null,
    openSub: (cameraId) => cameras.acquireSub(cameraId),
    onMotion: (cameraId, wallUs, mask) => motion?.note(cameraId, wallUs, mask),
  });
  const motion: MotionRecorder | null = frames && owned.add(new MotionRecorder(store.write, log));
  if (frames) owned.add(frames);
  const ingest = owned.add(
    createIngest({
      ffmpegPath: programs.ffmpeg,
      clock,
      log,
      live,
      recording,
      frames: frames ?? undefined,
      registry,
      onInfo: (streamId, info) =>
        void cameras
          .rememberInfo(cameraIdOf(streamId), roleOf(streamId), info)
          .catch((error: unknown) =>
            log.warn({ streamId, reason: messageOf(error) }, 'stream facts were not stored'),
          ),
    }),
  );
  owned.add(
    ingest.onStatus((status) => {
      if (!closing) recording.noteStream(status);
    }),
  );
  const cameras: CameraService = owned.add(
    new CameraService({
      store,
      vault,
      ingest,
      recording: schedule,
      probe: (endpoint) => probeStream(endpoint, { ffmpegPath: programs.ffmpeg, clock, log, registry }),
      clock,
      log,
    }),
  );
  const groups = new CameraGroups(store, clock);
  const faults = owned.add(new CameraFaults(store, ingest, clock, log));
  const outlook = new ArchiveOutlook(store.read, recording, clock);
  owned.add(cameras.onChanged(() => outlook.forget()));
  if (frames) owned.add(cameras.onChanged((cameraId) => frames.cameraChanged(cameraId)));
  const restarts = owned.add(
    new RestartInTurn(clock, (id) => ingest.restart(id, 'recordings go into another folder')),
  );
  owned.add(recording.folders.onMisplaced((cameraIds) => restarts.add(cameraIds)));
  const viewers = new Viewers(live, cameras, clock);
  owned.add(
    live.onIngressLost((streamIds) => streamIds.forEach((id) => ingest.restart(id, 'live view worker lost'))),
  );

  return {
    ...cut,
    ...played,
    ...{ cameras, groups, faults, outlook, motion, ingest, live, viewers, motionSearches },
    ...{ recording, schedule, locks: new FootageLocks(store, clock), frames, vault, clock, recordingsDir },
    mediasoupVersion: mediasoup.version,
    ffmpegVersion: () => programVersion(programs.ffmpeg, log),
    processes: () => listProcesses(ingest, live, frames, registry),
    resolveMedia: (parts) => resolveMedia(cut, parts),
    answerPlayback: (parts) => played.playback.answer(parts),
    closeOwner(ownerId) {
      viewers.closeOwner(ownerId);
      cut.replays.closeOwner(ownerId);
      played.playback.closeOwner(ownerId);
      motionSearches.closeOwner(ownerId);
    },
    async start() {
      const { snapshots, bookmarks, replays } = cut;
      await healAll({ recording, snapshots, bookmarks, replays }, clock, log);
      await cameras.start();
      played.previews.prune().catch((error: unknown) => {
        if (!closing) log.warn({ reason: messageOf(error) }, 'old previews could not be removed');
      });
      // Takes a while with a large archive: beside recording, never before it.
      recording.checkArchive().catch((error: unknown) => {
        if (!closing) log.error({ reason: messageOf(error) }, 'the archive could not be compared');
      });
    },
    dispose() {
      closing = true;
      return owned.dispose();
    },
  };
}
