import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import type { Autostart } from './autostart';
import { xdgAutostart } from './autostart';

/** Starting at login, in the way of this platform. */
export function loginItem(): Autostart {
  if (process.platform === 'linux') return xdgAutostart(configDirectory(), command());
  return {
    isOn: () => Promise.resolve(app.getLoginItemSettings().openAtLogin),
    set: (openAtLogin) => Promise.resolve(app.setLoginItemSettings({ openAtLogin })),
  };
}

function configDirectory(): string {
  const given = process.env['XDG_CONFIG_HOME'] ?? '';
  return path.isAbsolute(given) ? given : path.join(homedir(), '.config');
}

const LAUNCHER = '/usr/bin/vas-workstation';

/** How this very application is started again. */
function command(): string[] {
  const appImage = process.env['APPIMAGE'];
  if (appImage !== undefined && appImage !== '') return [appImage];
  if (!app.isPackaged) return [process.execPath, app.getAppPath()];
  const installed = existsSync(LAUNCHER) && realpathSync(LAUNCHER) === realpathSync(process.execPath);
  return [installed ? LAUNCHER : process.execPath];
}
