import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { SegmentRow, Store } from '../../store/types';
import type { FootageSource } from '../media/footage';
import type { RecordingSink, StreamStatus } from '../streams';
import type { ArchiveReport } from './archiveCheck';
import type { ArchiveChecks } from './check/archiveChecks';
import type { RecordingFolders } from './folders/recordingFolders';
import type { HealReport } from './heal';
import type { RecordingQueries } from './queries';
import type { RefusedSweep, SweepReport } from './retention';
import type { RecordingSettings, RetentionSettings } from './settings';

export interface RecordingOptions {
  /** The default folder, absolute; made when missing. */
  readonly folder: string;
  /** Where no folder for recordings may be but the default one; default: the parent of `folder`. */
  readonly dataDir?: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** The bundled media.worker. */
  readonly workerPath: string;
  readonly settings?: RecordingSettings;
}

export interface RecordingStats {
  readonly recordedBytes: number;
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly floorBytes: number;
  /** Closed segments kept for a while although recording is off. */
  readonly buffered: number;
  /** Closed segments that are not registered yet. */
  readonly pending: number;
  /** Attempts to settle or register one that failed since the start. */
  readonly failures: number;
  readonly quarantined: number;
  /** Files kept from retention because somebody reads them. */
  readonly held: number;
}

export interface RecordingSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** What retention keeps free. */
  readonly floorBytes: number;
  readonly device: number;
}

export interface Recording extends RecordingSink, FootageSource, RecordingQueries, Disposable {
  /** Heals what an unclean end left behind. To be awaited before the first run is opened. */
  heal(): Promise<HealReport>;
  /** Checks that somebody asks for, with progress. */
  readonly checks: ArchiveChecks;
  /** Compares archive and index; may take a while and run beside recording. */
  checkArchive(): Promise<ArchiveReport>;
  /** Takes effect at once and never restarts FFmpeg. @param why default `off`: by hand */
  setRecording(cameraId: string, on: boolean, why?: 'off' | 'schedule'): void;
  /** What becomes of a stream explains gaps. */
  noteStream(status: StreamStatus): void;
  isRecording(cameraId: string): boolean;
  /** Removes a camera's buffered footage at once, e.g. when the operator stops it. */
  dropBuffer(cameraId: string): Promise<void>;
  /** A segment has reached the archive. */
  onRegistered(listener: (row: SegmentRow) => void): Disposable;
  /** Segments were given up. */
  onRemoved(listener: (rows: readonly SegmentRow[]) => void): Disposable;
  /** Where recordings are kept. */
  readonly folders: RecordingFolders;
  /** @param confirmed a person has seen what these rules delete */
  setRetention(settings: RetentionSettings, confirmed: boolean): void;
  /** What the rules ask for but is not done without somebody confirming it; null: nothing. */
  refusedSweep(): RefusedSweep | null;
  /** Somebody confirmed that. */
  sweepConfirmed(): Promise<SweepReport>;
  /** The rules in force. */
  retention(): RetentionSettings;
  /** Applies the retention rules now; otherwise once a minute. */
  sweep(): Promise<SweepReport>;
  stats(): Promise<RecordingStats>;
  /** Of the file system that is recorded to; `device` tells file systems apart. */
  space(): Promise<RecordingSpace>;
}
