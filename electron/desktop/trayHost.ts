import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** A desktop that does not answer is taken for one without a tray. */
const TIMEOUT_MS = 2_000;
const WATCHER = 'org.kde.StatusNotifierWatcher';

/**
 * Whether this desktop shows tray icons right now. Linux: somebody serves StatusNotifierWatcher and says that a
 * host is there (KDE, Xfce, Cinnamon, GNOME with its extension); asked each time, because panels come and go.
 */
export async function trayHostPresent(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  // Without a bus dbus-send would start one of its own.
  if (!sessionBusKnown()) return false;
  const answer = await dbusSend([
    `--dest=${WATCHER}`,
    '/StatusNotifierWatcher',
    'org.freedesktop.DBus.Properties.Get',
    `string:${WATCHER}`,
    'string:IsStatusNotifierHostRegistered',
  ]);
  return /boolean true/.test(answer);
}

function sessionBusKnown(): boolean {
  const address = process.env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  if (address !== '') return address.startsWith('unix:');
  const runtime = process.env['XDG_RUNTIME_DIR'] ?? '';
  return runtime !== '' && existsSync(path.join(runtime, 'bus'));
}

/** Empty when nobody answers or the program is missing. */
function dbusSend(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      'dbus-send',
      ['--session', '--print-reply', '--type=method_call', `--reply-timeout=${String(TIMEOUT_MS)}`, ...args],
      { timeout: TIMEOUT_MS + 500 },
      (error, stdout) => resolve(error ? '' : stdout),
    );
  });
}
