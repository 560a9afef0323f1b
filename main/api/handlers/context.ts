import type { Audit } from '../../audit/audit';
import type { AuditBook } from '../../audit/auditBook';
import type { Watching } from '../../audit/watching';
import type { Logger } from '../../base/logger';
import type { AiPath } from '../../ai/aiPath';
import type { Trials } from '../../ai/trials';
import type { RuthCore } from '../../core/core';
import type { Events } from '../../events/events';
import type { Evidence } from '../../evidence/evidence';
import type { EventExports } from '../../events/export/eventExports';
import type { Alerts } from '../../health/alerts/alerts';
import type { Health } from '../../health/health';
import type { Observability } from '../../health/observability';
import type { Kernel } from '../../kernel/kernel';
import type { DesktopControl } from '../../desktop/control';
import type { NativeDialogs } from '../../settings/dialogs';
import type { ConfigurationBackup } from '../../settings/backup/backup';
import type { Settings } from '../../settings/settings';
import type { StorageSettings } from '../../settings/storage';
import type { Tokens } from '../../settings/tokens';
import type { Store } from '../../store/types';
import type { SupportBundles } from '../../support/supportBundle';
import type { Users } from '../../users/users';
import type { WorkstationSession } from '../../users/workstationSession';
import type { Handlers } from '../api';
import type { Preferences } from '../preferences';
import type { LayoutBook } from '../layoutBook';
import type { WindowsPort } from '../windowsPort';

export interface HandlerContext {
  /** Commands are written by themselves (main/api/access/rules); for what else must be known. */
  readonly audit: Audit;
  /** Who works here now. */
  readonly session: WorkstationSession;
  readonly users: Users;
  readonly auditBook: AuditBook;
  readonly evidence: Evidence;
  readonly watching: Watching;
  readonly kernel: Kernel;
  readonly core: RuthCore;
  readonly ai: AiPath;
  readonly trials: Trials;
  /** Model folders that windows chose. */
  readonly modelFolders: Tokens<string>;
  readonly events: Events;
  readonly eventExports: EventExports;
  readonly store: Store;
  readonly layouts: LayoutBook;
  readonly windows: WindowsPort;
  readonly settings: Settings;
  readonly storage: StorageSettings;
  readonly dialogs: NativeDialogs;
  readonly backup: ConfigurationBackup;
  readonly licencesFile: string;
  readonly desktop: DesktopControl;
  readonly health: Health;
  readonly observability: Observability;
  readonly support: SupportBundles;
  readonly preferences: Preferences;
  readonly alerts: Alerts;
  readonly log: Logger;
  readonly dataDir: string;
  readonly programs: { readonly ffmpeg: string };
  readonly versions: { readonly app: string; readonly electron: string; readonly chrome: string };
}

/** The handlers whose channel starts with one of these words. */
export type HandlersFor<Prefix extends string> = {
  [N in keyof Handlers as N extends `${Prefix}.${string}` ? N : never]: Handlers[N];
};
