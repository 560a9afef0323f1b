import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import type { StoreReads } from '../../store/types';
import type { FootagePiece, FootageSource } from '../media/footage';
import type { CameraRecorder } from './cameraRecorder';
import type { Holds } from './holds';
import type { StorageFolders } from './folders/storageFolders';
import { footageOf } from './piece';
import { JITTER_US } from './place';
import type { RecordingRun } from './recordingRun';

/** How often a file that is being written is looked at while somebody waits for it, milliseconds. */
const LOOK_PERIOD_MS = 60;
/** The system clock is believed as long as it agrees with the stream's clock to this, microseconds. */
const CLOCK_AGREEMENT_US = 2_000_000;

export interface FootageContext {
  readonly folders: StorageFolders;
  readonly read: StoreReads;
  readonly clock: Clock;
  readonly holds: Holds;
  readonly fragmentSeconds: number;
  /** Null for a camera that has not run since the start. */
  recorderOf(cameraId: string): CameraRecorder | null;
}

/** Footage of a camera wherever it is: archive, buffer, on its way, or being written. */
export function createFootageSource(context: FootageContext): FootageSource {
  const { clock, fragmentSeconds } = context;

  async function locate(cameraId: string, fromUs: number, toUs: number): Promise<FootagePiece[]> {
    const recorder = context.recorderOf(cameraId);
    const run = recorder?.current ?? null;
    const closed = run?.closed;
    // First what is in memory: what gets its row meanwhile is then found twice, never missed.
    const held = (await recorder?.pieces()) ?? [];
    const open = recorder && run ? await openPiece(recorder, run) : null;
    await context.folders.load();
    const rows = await context.read.findSegments(cameraId, fromUs, toUs);
    const known = new Set(rows.map((row) => row.id));
    const pieces: FootagePiece[] = rows.map((row) => ({
      file: context.folders.fileOf(row),
      startUs: row.startUs,
      endUs: row.endUs,
      open: false,
      videoCodec: row.videoCodec,
    }));
    for (const piece of held) if (!known.has(piece.segmentId)) pieces.push(footageOf(piece));
    pieces.sort((a, b) => a.startUs - b.startUs);
    // It may have been closed, and even registered, while it was looked at: then it is in memory or a row now.
    if (run && (run.closed !== closed || recorder?.current !== run)) return locate(cameraId, fromUs, toUs);
    if (open) pieces.push(behind(open, pieces.at(-1)));
    return pieces.filter((piece) => piece.startUs < toUs && piece.endUs > fromUs);
  }

  async function unregistered(cameraId: string): Promise<FootagePiece[]> {
    const recorder = context.recorderOf(cameraId);
    const run = recorder?.current ?? null;
    const closed = run?.closed;
    const kept = ((await recorder?.pieces()) ?? []).filter(({ buffered }) => !buffered).map(footageOf);
    const open = recorder && run && staysOpen(recorder, run) ? await openPiece(recorder, run) : null;
    // It may have been closed while it was looked at: then it is in memory or a row now.
    if (run && (run.closed !== closed || recorder?.current !== run)) return unregistered(cameraId);
    if (open) kept.push(behind(open, kept.at(-1)));
    return kept;
  }

  async function openPiece(recorder: CameraRecorder, run: RecordingRun): Promise<FootagePiece | null> {
    // Footage would be placed when its run was opened, before the camera was even connected to.
    if (!run.hasProgress) return null;
    const { open } = run;
    await recorder.look(run);
    if (run.open !== open || open.codec === null) return run.open === open ? null : openPiece(recorder, run);
    const startUs = openStart(run);
    if (startUs === null || open.readableSeconds === 0) return null;
    const endUs = startUs + Math.round(open.readableSeconds * 1e6);
    return { file: open.file, startUs, endUs, open: true, videoCodec: open.codec };
  }

  function readableUs(run: RecordingRun): number | null {
    const startUs = openStart(run);
    if (startUs === null) return null;
    return startUs + Math.round(run.open.readableSeconds * 1e6);
  }

  return {
    locate,

    unregistered,

    async waitUntilReadable(cameraId, untilUs, timeoutMs) {
      const deadlineUs = clock.monotonicUs() + timeoutMs * 1000;
      for (;;) {
        const recorder = context.recorderOf(cameraId);
        const run = recorder?.current;
        if (!recorder || !run) return false;
        const openFromUs = run.closed > 0 ? run.instantOf(run.openFromSeconds) : null;
        if (openFromUs !== null && openFromUs >= untilUs) return true;
        await recorder.look(run);
        const readable = readableUs(run);
        if (readable !== null && readable >= untilUs) return true;
        if (clock.monotonicUs() >= deadlineUs) return false;
        await new Promise<void>((resolve) => void clock.after(LOOK_PERIOD_MS, resolve));
      }
    },

    newestUs(cameraId) {
      const run = context.recorderOf(cameraId)?.current;
      if (!run) return null;
      const written = run.writtenSeconds(fragmentSeconds);
      const estimates = [readableUs(run), written === null ? null : run.instantOf(written)];
      const known = estimates.filter((us): us is number => us !== null);
      return known.length === 0 ? null : Math.max(...known);
    },

    nowUs(cameraId) {
      const run = context.recorderOf(cameraId)?.current;
      if (!run) return null;
      const wallUs = clock.wallUs();
      const streamUs = run.presentAt(clock.monotonicUs());
      if (streamUs === null) return wallUs;
      return Math.abs(streamUs - wallUs) <= CLOCK_AGREEMENT_US ? wallUs : streamUs;
    },

    hold(pieces): Disposable {
      return context.holds.hold(pieces.map((piece) => piece.file));
    },
  };
}

/** Whether the file being written, or its beginning, goes into the archive. */
function staysOpen(recorder: CameraRecorder, run: RecordingRun): boolean {
  return recorder.recording || run.cutSeconds !== null;
}

/** Instant of the first picture of the file being written; null before there is one. */
function openStart(run: RecordingRun): number | null {
  const seconds = run.openPictureSeconds();
  return seconds === null ? null : run.instantOf(seconds);
}

/** Pieces do not overlap: the one being written begins where the last closed one ends, give or take jitter. */
function behind(open: FootagePiece, last: FootagePiece | undefined): FootagePiece {
  if (!last || last.endUs <= open.startUs || last.endUs - open.startUs > JITTER_US) return open;
  return { ...open, startUs: last.endUs };
}
