import type { ApplicationSettings, FrameExportState, SettingsState } from '../../contract/settings';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { messageOf } from '../base/errors';
import type { Logger } from '../base/logger';
import type { Store } from '../store/types';
import { flagIsUnclear, frameExport, FRAME_EXPORT_VARIABLE } from './frameExport';
import { readStored, toStored } from './stored';
import type { StoredSettings } from './stored';

/** A change: absent settings stay. */
export type SettingsPatch = {
  readonly [N in keyof ApplicationSettings]?: ApplicationSettings[N] | undefined;
};

export interface SettingsChange {
  readonly before: ApplicationSettings;
  readonly after: ApplicationSettings;
}

/** The application's settings: typed, kept in the store, told to whoever listens. */
export interface Settings {
  current(): ApplicationSettings;
  state(): SettingsState;
  frameExport(): FrameExportState;
  /** @throws VasError unavailable when the store cannot keep it; nothing is changed then */
  update(patch: SettingsPatch): Promise<SettingsState>;
  /** Reads the store again, after something else has written there. */
  reload(): Promise<void>;
  onChanged(listener: (change: SettingsChange) => void): Disposable;
}

export interface SettingsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Values that are unknown or damaged fall back to their default, and the log says so. */
export async function openSettings(options: SettingsOptions): Promise<Settings> {
  const { store, clock, environment } = options;
  const log = options.log.child({ part: 'settings' });
  const changed = new Emitter<SettingsChange>((error) =>
    log.error({ reason: messageOf(error) }, 'a changed setting did not take effect everywhere'),
  );
  const read = async (): Promise<StoredSettings> => {
    const found = readStored(await store.read.listSettings());
    if (found.damaged.length > 0)
      log.warn({ keys: found.damaged }, 'stored settings are unknown or damaged; their defaults are used');
    return found;
  };
  let stored = await read();
  if (flagIsUnclear(environment))
    log.warn(
      { variable: FRAME_EXPORT_VARIABLE },
      'the environment says neither true nor false; it is ignored',
    );
  const running = frameExport(stored.settings.frame_export, environment).effective;

  const flag = (): FrameExportState => ({
    ...frameExport(stored.settings.frame_export, environment),
    running,
  });
  const state = (): SettingsState => ({
    settings: stored.settings,
    chosen: [...stored.chosen],
    frame_export: flag(),
  });
  const reload = async (): Promise<void> => {
    const before = stored.settings;
    stored = await read();
    changed.emit({ before, after: stored.settings });
  };
  return {
    current: () => stored.settings,
    state,
    frameExport: flag,
    async update(patch) {
      const rows = toStored(patch);
      if (Object.keys(rows).length > 0) {
        await store.write.setSettings(rows, clock.wallUs());
        await reload();
        log.info({ changed: Object.keys(rows) }, 'settings were changed');
      }
      return state();
    },
    reload,
    onChanged: (listener) => changed.on(listener),
  };
}
