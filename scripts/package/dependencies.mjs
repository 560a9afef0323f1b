// @ts-check
// The Debian packages that the package needs: the libraries its executables are linked against, with the
// versions they were linked against (dpkg-shlibdeps), and the programs that it starts.
import { mkdirSync, mkdtempSync, openSync, readSync, closeSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listFiles } from '../bootstrap/cache.mjs';
import { mustRun } from '../bootstrap/process.mjs';

/** Loaded or started at run time, so no executable names them. util-linux (setpriv) is essential in Debian. */
const PROGRAMS = ['ffmpeg', 'libnotify4', 'xdg-utils', 'dbus', 'debconf (>= 0.5) | debconf-2.0'];
/** The key store that keeps camera passwords strongly protected. */
export const RECOMMENDED = ['libsecret-1-0', 'gnome-keyring | kwalletmanager', 'dbus-user-session'];

const CONTROL = 'Source: vas-workstation\n\nPackage: vas-workstation\nArchitecture: any\n';

/** @param {string} folder of the unpacked application @returns {Promise<string[]>} */
export async function debianDependencies(folder) {
  const executables = listFiles([folder]).filter(isElf);
  const scratch = mkdtempSync(join(tmpdir(), 'vas-shlibdeps-'));
  try {
    mkdirSync(join(scratch, 'debian'));
    writeFileSync(join(scratch, 'debian', 'control'), CONTROL);
    const { stdout } = await mustRun(
      'dpkg-shlibdeps',
      [
        '-O',
        // Libraries that we bring ourselves belong to no package.
        '--ignore-missing-info',
        '--warnings=0',
        ...[...new Set(executables.map(dirname))].map((each) => `-l${each}`),
        ...executables.map((each) => `-e${each}`),
      ],
      { cwd: scratch },
    );
    const linked = /^shlibs:Depends=(.*)$/m.exec(stdout)?.[1];
    if (!linked) throw new Error(`dpkg-shlibdeps found no dependencies: ${stdout}`);
    return [...linked.split(', '), ...PROGRAMS];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} file */
function isElf(file) {
  const descriptor = openSync(file, 'r');
  try {
    const magic = Buffer.alloc(4);
    readSync(descriptor, magic, 0, 4, 0);
    return magic.toString('latin1') === '\x7fELF';
  } finally {
    closeSync(descriptor);
  }
}
