import path from 'node:path';
import { app } from 'electron';

/**
 * Where user data lives: VAS_DATA_DIR, else the platform's application folder.
 * @throws Error when VAS_DATA_DIR is not an absolute path
 */
export function dataDirectory(): string {
  const chosen = process.env['VAS_DATA_DIR'];
  if (chosen === undefined || chosen === '') return path.join(app.getPath('appData'), 'VAS Workstation');
  if (!path.isAbsolute(chosen)) throw new Error('VAS_DATA_DIR must be an absolute path.');
  return path.normalize(chosen);
}

/** The application's own folder: the repository when run from sources, the archive when packaged. */
export function applicationDirectory(): string {
  return app.getAppPath();
}

/** Icons of window and tray: beside the archive, because the desktop reads some by path. */
export function iconsDirectory(root: string): string {
  return app.isPackaged ? path.join(process.resourcesPath, 'icons') : path.join(root, 'assets/icons');
}

/** Files that cannot live in the archive (worker scripts, native programs) are unpacked beside it. */
export function unpacked(file: string): string {
  return file.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}
