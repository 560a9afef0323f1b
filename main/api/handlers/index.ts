import type { Handlers } from '../api';
import { aboutHandlers } from './about';
import { aiHandlers } from './ai';
import { auditHandlers } from './audit';
import { archiveHandlers } from './archive';
import { backupHandlers } from './backup';
import { alertHandlers } from './alerts';
import { captureHandlers } from './captures';
import type { HandlerContext } from './context';
import { desktopHandlers } from './desktop';
import { deviceHandlers } from './devices';
import { layoutHandlers } from './layouts';
import { galleryHandlers } from './gallery';
import { groupHandlers } from './groups';
import { containerHandlers } from './containers';
import { eventHandlers } from './events';
import { evidenceHandlers } from './evidence';
import { healthHandlers } from './health';
import { liveHandlers } from './live';
import { lockHandlers } from './locks';
import { motionHandlers } from './motion';
import { observabilityHandlers } from './observability';
import { preferenceHandlers } from './preferences';
import { playbackHandlers } from './playback';
import { recordingHandlers } from './recordings';
import { settingsHandlers } from './settings';
import { storageHandlers } from './storage';
import { supportHandlers } from './support';
import { systemHandlers } from './system';
import { trialHandlers } from './trials';
import { userHandlers } from './users';
import { windowHandlers } from './windows';

export type { HandlerContext } from './context';

/** One handler for each query and command of the contract. */
export function createHandlers(context: HandlerContext): Handlers {
  return {
    ...deviceHandlers(context),
    ...groupHandlers(context),
    ...liveHandlers(context),
    ...captureHandlers(context),
    ...galleryHandlers(context),
    ...layoutHandlers(context),
    ...windowHandlers(context),
    ...recordingHandlers(context),
    ...lockHandlers(context),
    ...playbackHandlers(context),
    ...archiveHandlers(context),
    ...settingsHandlers(context),
    ...preferenceHandlers(context),
    ...alertHandlers(context),
    ...aiHandlers(context),
    ...containerHandlers(context),
    ...trialHandlers(context),
    ...motionHandlers(context),
    ...eventHandlers(context),
    ...storageHandlers(context),
    ...backupHandlers(context),
    ...aboutHandlers(context),
    ...systemHandlers(context),
    ...supportHandlers(context),
    ...healthHandlers(context),
    ...observabilityHandlers(context),
    ...desktopHandlers(context),
    ...userHandlers(context),
    ...auditHandlers(context),
    ...evidenceHandlers(context),
  };
}
