import { app, powerMonitor } from 'electron';
import type { Application } from '../../main/application';
import { systemClock } from '../../main/base/clock';
import { DisposableStore } from '../../main/base/disposable';
import { messageOf } from '../../main/base/errors';
import type { Logger } from '../../main/base/logger';
import type { DesktopControl } from '../../main/desktop/control';
import { callerOf } from '../ipc/caller';
import type { ActivityWatch } from './activity';
import { NOTHING, watchActivity } from './activity';
import { loginItem } from './loginItem';
import type { MainWindow } from './mainWindow';
import { messageBoxOn, tellRefusal } from './messageBox';
import { Questions } from './questions';
import { crashRestart } from './service';
import type { Shutdown } from './shutdown';
import { createSleepGuard } from './sleep';
import { createTrayIcon } from './tray';
import { trayHostPresent } from './trayHost';

export interface Desktop {
  readonly control: DesktopControl;
  /** Connects it with the application that it speaks for. */
  attach(starting: Promise<Application>, shutdown: Shutdown): void;
}

/**
 * Manners of a desktop application: closing the window goes on recording, quitting asks, the tray tells what is
 * recorded, the computer stays awake meanwhile.
 */
export function createDesktop(options: {
  readonly window: MainWindow;
  /** False: the application ends with its window, without asking. */
  readonly background: boolean;
  /** Folder of the icons. */
  readonly icons: string;
  readonly log: Logger;
}): Desktop {
  const { window, icons } = options;
  const log = options.log.child({ part: 'desktop' });
  const questions = new Questions(
    systemClock,
    messageBoxOn(() => window.current),
  );
  const autostart = loginItem();
  const service = crashRestart();
  let activity: ActivityWatch | null = null;
  let shutdown: Shutdown | null = null;
  let caller: ReturnType<typeof callerOf> | null = null;
  /** Of whoever works here now; before the start is over nothing is lost yet. */
  let mayQuit = () => true;

  const now = () => activity?.current() ?? NOTHING;
  const complain = (what: string) => (error: unknown) => log.error({ reason: messageOf(error) }, what);

  async function quit(): Promise<void> {
    const { cameras, running } = now();
    if (running > 0 && !mayQuit()) return tellRefusal(window.show());
    if (cameras.length > 0) {
      const tray = await trayHostPresent();
      window.show();
      const named = cameras.map(({ id, name }) => ({ id, name }));
      if ((await questions.ask({ kind: 'quit', cameras: named, tray })) !== 'quit') return;
    }
    shutdown?.end();
  }

  async function close(): Promise<void> {
    if (!options.background) return shutdown?.end();
    const settings = (await caller?.query('settings.get', {}))?.settings;
    // Nothing runs in the background when nothing runs at all, and not against the user's wish.
    if (now().running === 0) return quit();
    if (!mayQuit()) return window.dismiss();
    if (settings === undefined || !settings.keep_running) return quit();
    if (!settings.background_explained) {
      const tray = await trayHostPresent();
      const cameras = now().cameras.map(({ id, name }) => ({ id, name }));
      const answer = await questions.ask({ kind: 'background', cameras, tray });
      if (answer === 'quit') return quit();
      if (answer === 'cancel') return;
      await caller?.command('settings.update', { background_explained: true });
    }
    window.dismiss();
  }

  window.mayClose = () => {
    if (shutdown === null || shutdown.ending) return true;
    close().catch((error: unknown) => {
      // A store that fails must not lock the user in.
      complain('the window could not be closed in the background')(error);
      void quit();
    });
    return false;
  };

  const state = async () => ({
    tray: await trayHostPresent(),
    autostart: { on: await autostart.isOn(), available: true, reason: null },
    crash_restart: await service.state(),
  });

  return {
    control: {
      state,
      async update(patch) {
        if (patch.autostart !== undefined) await autostart.set(patch.autostart);
        if (patch.crash_restart !== undefined) await service.set(patch.crash_restart);
        return state();
      },
      quit: () => void quit().catch(complain('the application could not be quit')),
      subscribeQuestion: (push) => questions.subscribe(push),
      answer: (id, answer) => questions.answer(id, answer),
    },
    attach(starting, end) {
      shutdown = end;
      const owned = new DisposableStore();
      const api = starting.then((application) => {
        mayQuit = () => application.mayQuit();
        return application.api.trusted;
      });
      caller = callerOf(api, 'desktop');
      const watch = owned.add(watchActivity(api, log));
      activity = watch;
      const guard = owned.add(createSleepGuard(log));
      const tray = owned.add(
        createTrayIcon({
          icons,
          clock: systemClock,
          onOpen: () => window.show(),
          onQuit: () => void quit().catch(complain('the application could not be quit')),
        }),
      );
      const follow = () => {
        tray.show(watch.current());
        guard.follow(watch.current());
      };
      owned.add(watch.onChanged(follow));
      follow();
      // Logging out asks nobody.
      powerMonitor.on('shutdown', () => end.end());
      app.on('before-quit', () => void owned.dispose().catch(() => undefined));
      app.on('second-instance', () => window.show());
      app.on('activate', () => window.show());
    },
  };
}
