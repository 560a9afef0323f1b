import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { VasError } from '../../main/base/errors';

/** In the file that we write, so that one that somebody else made is neither changed nor removed. */
const OURS = 'X-VAS-Workstation=autostart';
const FILE = 'vas-workstation.desktop';

export interface Autostart {
  isOn(): Promise<boolean>;
  /** @throws VasError conflict for a file that is not ours, unavailable when it cannot be written */
  set(on: boolean): Promise<void>;
}

/**
 * Starting at login as freedesktop.org's autostart specification has it: a file in the user's own folder.
 * @param configDir $XDG_CONFIG_HOME, absolute
 * @param command program and arguments
 */
export function xdgAutostart(configDir: string, command: readonly string[]): Autostart {
  const folder = path.join(configDir, 'autostart');
  const file = path.join(folder, FILE);
  const read = async (): Promise<string | null> => {
    const entry = await lstat(file).catch(() => null);
    if (entry === null) return null;
    // A link may lead anywhere: neither read nor followed.
    return entry.isFile() ? readFile(file, 'utf8').catch(() => '') : '';
  };
  const isOurs = (text: string) => text.split('\n').includes(OURS);
  return {
    async isOn() {
      const text = await read();
      return text !== null && isOurs(text) && !/^Hidden=true$|^X-GNOME-Autostart-enabled=false$/m.test(text);
    },
    async set(on) {
      const text = await read();
      if (text !== null && !isOurs(text))
        throw new VasError(
          'conflict',
          `${file} was not made by this application. Remove it, then try again.`,
        );
      try {
        if (!on) {
          if (text !== null) await rm(file);
          return;
        }
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const temporary = `${file}.${String(process.pid)}.new`;
        await writeFile(temporary, autostartEntry(command), { mode: 0o644, flag: 'wx' });
        await rename(temporary, file);
      } catch (cause) {
        throw new VasError('unavailable', `${file} cannot be written. Check its folder.`, { cause });
      }
    },
  };
}

/** @throws RangeError for an argument that a desktop entry cannot carry */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=VAS Workstation',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=vas-workstation',
    'Terminal=false',
    OURS,
    '',
  ].join('\n');
}

/** Quoting of the desktop entry specification: first that of the argument, then that of the string value. */
function quoted(argument: string): string {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(argument))
    throw new RangeError('a command cannot contain control characters');
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${inQuotes}"`.replaceAll('\\', '\\\\');
}
