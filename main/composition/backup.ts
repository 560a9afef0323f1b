import path from 'node:path';
import type { LayoutBook } from '../api/layoutBook';
import type { Preferences } from '../api/preferences';
import type { RuthCore } from '../core/core';
import type { Events } from '../events/events';
import { readSwitches } from '../events/switches';
import { Credentials } from '../kernel/cameras/credentials';
import type { Kernel } from '../kernel/kernel';
import { ConfigurationBackup } from '../settings/backup/backup';
import type { WorkstationSession } from '../users/workstationSession';
import type { Ground } from './ground';

export interface BackupParts {
  readonly session: Pick<WorkstationSession, 'refresh'>;
  readonly kernel: Kernel;
  readonly core: RuthCore;
  readonly layouts: LayoutBook;
  readonly preferences: Preferences;
  readonly events: () => Events;
  readonly onRestoring: (isRestoring: boolean) => void;
}

/** Backups of the configuration, and who looks again when one was brought back. */
export function createBackup({ options, store, settings }: Ground, parts: BackupParts): ConfigurationBackup {
  const { session, kernel, core, layouts, preferences } = parts;
  return new ConfigurationBackup({
    ...{ store, dialogs: options.dialogs, dataDir: options.dataDir, log: options.log },
    version: options.versions.app,
    passwords: new Credentials(options.vault, store.read),
    workerPath: path.join(options.workersDir, 'backup.worker.cjs'),
    async onRestored(changed) {
      // First: rights that were taken away are gone whatever becomes of the rest.
      await session.refresh();
      parts.onRestoring(true);
      await settings.reload().finally(() => parts.onRestoring(false));
      layouts.reload();
      await preferences.reload();
      await kernel.cameras.reload(changed);
      // What assignments ask for follows at once; events that cannot be used say so elsewhere.
      void core.reconcile();
      const active = await parts
        .events()
        .active()
        .catch(() => null);
      active?.triggers.setSwitches(await readSwitches(store));
    },
  });
}
