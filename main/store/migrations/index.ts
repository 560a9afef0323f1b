import { usersAndSettings } from './0010-users-and-settings';
import { devices } from './0020-devices';
import { segments } from './0030-segments';
import { snapshotsAndBookmarks } from './0040-snapshots-and-bookmarks';
import { layouts } from './0050-layouts';
import { alerts } from './0060-alerts';
import { cameraGroupsAndSchedules } from './0070-camera-groups-and-schedules';
import { storageFolders } from './0080-storage-folders';
import { modelsAndAssignments } from './0100-models-and-assignments';
import { archiveIntegrity } from './0120-archive-integrity';
import { footageLocks } from './0130-footage-locks';
import { usersAndAudit } from './0140-users-and-audit';
import { evidence } from './0150-evidence';
import { gallery } from './0170-gallery';
import { healthSeries } from './0190-health-series';
import { motion } from './0180-motion';
import type { Migration } from './migration';

/** In ascending order. */
export const migrations: readonly Migration[] = [
  usersAndSettings,
  devices,
  segments,
  snapshotsAndBookmarks,
  layouts,
  alerts,
  cameraGroupsAndSchedules,
  storageFolders,
  modelsAndAssignments,
  archiveIntegrity,
  footageLocks,
  usersAndAudit,
  evidence,
  gallery,
  motion,
  healthSeries,
];
