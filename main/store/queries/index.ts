import type Database from 'better-sqlite3';
import type { HandlersOf } from '../protocol';
import type { StoreReads, StoreWrites } from '../types';
import { alertReads, alertWrites } from './alerts';
import { auditReads, auditWrites } from './audit';
import { assignmentReads, assignmentWrites } from './assignments';
import { bookmarkReads, bookmarkWrites } from './bookmarks';
import { captureReads, captureWrites } from './captures';
import { deviceReads, deviceWrites } from './devices';
import { layoutReads, layoutWrites } from './layouts';
import { faultReads, faultWrites } from './cameraFaults';
import { healthSeriesReads, healthSeriesWrites } from './healthSeries';
import { usageReads } from './archiveUsage';
import { groupReads, groupWrites } from './groups';
import { modelReads, modelWrites } from './models';
import { footageLockReads, footageLockWrites } from './footageLocks';
import { gapReads, gapWrites } from './gaps';
import { motionReads, motionWrites } from './motion';
import { segmentReads, segmentWrites } from './segments';
import { sealReads } from './segmentSeals';
import { tombstoneReads, tombstoneWrites } from './tombstones';
import { settingReads, settingWrites } from './settings';
import { storageFolderReads, storageFolderWrites } from './storageFolders';
import { snapshotReads, snapshotWrites } from './snapshots';
import { evidenceReads, evidenceWrites } from './evidence';
import { userReads, userWrites } from './users';

/** Every read, its statements prepared on `db`. */
export function readHandlers(db: Database.Database): HandlersOf<StoreReads> {
  return {
    ...settingReads(db),
    ...deviceReads(db),
    ...groupReads(db),
    ...faultReads(db),
    ...usageReads(db),
    ...segmentReads(db),
    ...sealReads(db),
    ...tombstoneReads(db),
    ...gapReads(db),
    ...footageLockReads(db),
    ...motionReads(db),
    ...storageFolderReads(db),
    ...snapshotReads(db),
    ...bookmarkReads(db),
    ...captureReads(db),
    ...modelReads(db),
    ...assignmentReads(db),
    ...layoutReads(db),
    ...alertReads(db),
    ...userReads(db),
    ...auditReads(db),
    ...healthSeriesReads(db),
    ...evidenceReads(db),
  };
}

/** Every write, its statements prepared on `db`. */
export function writeHandlers(db: Database.Database): HandlersOf<StoreWrites> {
  return {
    ...settingWrites(db),
    ...deviceWrites(db),
    ...groupWrites(db),
    ...faultWrites(db),
    ...segmentWrites(db),
    ...tombstoneWrites(db),
    ...gapWrites(db),
    ...footageLockWrites(db),
    ...motionWrites(db),
    ...storageFolderWrites(db),
    ...snapshotWrites(db),
    ...bookmarkWrites(db),
    ...captureWrites(db),
    ...modelWrites(db),
    ...assignmentWrites(db),
    ...layoutWrites(db),
    ...alertWrites(db),
    ...userWrites(db),
    ...auditWrites(db),
    ...healthSeriesWrites(db),
    ...evidenceWrites(db),
  };
}
