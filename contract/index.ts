import type { z } from 'zod';
import { aboutChannels } from './about';
import { archiveChannels } from './archive';
import { assignmentChannels } from './assignments';
import { auditChannels } from './audit';
import { backupChannels } from './backup';
import { alertChannels } from './alerts';
import { captureChannels } from './captures';
import { containerChannels } from './containers';
import { detectionChannels } from './detections';
import { desktopChannels } from './desktop';
import { deviceChannels } from './devices';
import { layoutChannels } from './layouts';
import { galleryChannels } from './gallery';
import { groupChannels } from './groups';
import { eventChannels } from './events';
import { evidenceChannels } from './evidence';
import { healthChannels } from './health';
import { liveChannels } from './live';
import { lockChannels } from './locks';
import { observabilityChannels } from './observability';
import { playbackChannels } from './playback';
import { motionChannels } from './motion';
import { preferenceChannels } from './preferences';
import { modelChannels } from './models';
import { recordingChannels } from './recordings';
import { settingsChannels } from './settings';
import { storageChannels } from './storage';
import { supportChannels } from './support';
import { systemChannels } from './system';
import { trialChannels } from './trials';
import { userChannels } from './users';
import { windowChannels } from './windows';

/** Every channel between the renderer and the main process; there are no others. */
export const channels = {
  ...deviceChannels,
  ...groupChannels,
  ...liveChannels,
  ...captureChannels,
  ...galleryChannels,
  ...layoutChannels,
  ...windowChannels,
  ...recordingChannels,
  ...archiveChannels,
  ...lockChannels,
  ...playbackChannels,
  ...settingsChannels,
  ...preferenceChannels,
  ...alertChannels,
  ...modelChannels,
  ...assignmentChannels,
  ...detectionChannels,
  ...containerChannels,
  ...trialChannels,
  ...motionChannels,
  ...eventChannels,
  ...storageChannels,
  ...backupChannels,
  ...aboutChannels,
  ...systemChannels,
  ...supportChannels,
  ...healthChannels,
  ...observabilityChannels,
  ...desktopChannels,
  ...userChannels,
  ...auditChannels,
  ...evidenceChannels,
} as const;

export type Channels = typeof channels;
export type ChannelName = keyof Channels;
type NamesOf<K> = { [N in ChannelName]: Channels[N]['kind'] extends K ? N : never }[ChannelName];
export type QueryName = NamesOf<'query'>;
export type CommandName = NamesOf<'command'>;
export type SubscriptionName = NamesOf<'subscription'>;

/** What a caller passes (defaults may be left out). */
export type RequestInput<N extends ChannelName> = z.input<Channels[N]['request']>;
/** What a handler receives. */
export type RequestOf<N extends ChannelName> = z.output<Channels[N]['request']>;
export type ResponseOf<N extends ChannelName> = z.output<Channels[N]['response']>;

export type * from './bridge';
export type { ErrorEnvelope, Reply } from './errors';
export type { Device, DeviceCreate, DeviceUpdate, ProbeReport } from './devices';
export type { CameraGroup } from './groups';
export type { DesktopQuestion, DesktopState } from './desktop';
export type { StreamState } from './live';
export type { Layout, LayoutContent, LayoutKind, TilePlace } from './layouts';
export type { Assignment, AssignmentRules } from './assignments';
export type { AiEvent, AiEventFilter } from './events';
export type { ModelCandidate, ModelContainer } from './containers';
export type { TrialResult } from './trials';
export type { DetectionResult } from './detections';
export type { Model } from './models';
export type { Capture, CaptureFilter, CaptureItem } from './gallery';
export type { Bookmark, Snapshot } from './captures';
export type { ApplicationSettings, FrameExportState, SettingsState } from './settings';
export type { OverlaySettings, Preferences } from './preferences';
export type { ArchiveCheckState, ArchiveFinding } from './archive';
export type { FootageLock } from './locks';
export type { StorageFolder } from './storage';
export type { CameraHealth, DetectorHealth, HealthArea, HealthMetric, HealthReport } from './health';
export type { SupportBundle } from './support';
export type { Alert, AlertDetail, AlertKind } from './alerts';
export type { CameraAccess, SessionState, User, UserRole } from './users';
export type { AuditEntry, AuditFilter, AuditOutcome } from './audit';
export type { MotionResult, MotionSearchState } from './motion';
export type { EvidenceExport } from './evidence';
