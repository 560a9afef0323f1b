import type { WriteCall } from '../protocol';
import type { AuditReads, AuditWrites } from './audit';
import type { CameraReads, CameraWrites } from './cameras';
import type { CaptureReads, CaptureWrites } from './captures';
import type { HealthReads, HealthWrites } from './health';
import type { LayoutReads, LayoutWrites } from './layouts';
import type { LockReads, LockWrites } from './locks';
import type { ModelReads, ModelWrites } from './models';
import type { MotionReads, MotionWrites } from './motion';
import type { SegmentReads, SegmentWrites } from './segments';
import type { SettingReads, SettingWrites } from './settings';
import type { StorageReads, StorageWrites } from './storage';
import type { UserReads, UserWrites } from './users';

/** Answered by read-only connections. */
export interface StoreReads
  extends
    CameraReads,
    SegmentReads,
    StorageReads,
    LockReads,
    MotionReads,
    CaptureReads,
    LayoutReads,
    HealthReads,
    UserReads,
    AuditReads,
    ModelReads,
    SettingReads {}

/** Answered by the one writing connection, in the order of the calls. */
export interface StoreWrites
  extends
    CameraWrites,
    SegmentWrites,
    StorageWrites,
    LockWrites,
    MotionWrites,
    CaptureWrites,
    LayoutWrites,
    HealthWrites,
    UserWrites,
    AuditWrites,
    ModelWrites,
    SettingWrites {}

/** How the threads of a store are doing, since it was opened. */
export interface StoreFigures {
  /** Calls that wait for a thread. */
  readonly queue: number;
  readonly calls: number;
  readonly failures: number;
  /** Reads that were given up at their deadline. */
  readonly timeouts: number;
  /** Of the newest calls, from asking to answer, milliseconds; null before the first. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number } | null;
}

export interface Store {
  readonly read: StoreReads;
  readonly write: StoreWrites;
  /** Several writes in one transaction: all happen or none. @throws VasError of the first that fails */
  transact(calls: readonly WriteCall[]): Promise<void>;
  figures(): { readonly writer: StoreFigures; readonly readers: StoreFigures };
  /** Schema version of the open database. */
  readonly schemaVersion: number;
  /** Finishes what was asked, checkpoints, ends the workers. */
  dispose(): Promise<void>;
}
