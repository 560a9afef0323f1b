// @ts-check
// Hook of electron-builder. From an unpacked runtime it copies everything; what belongs to the development
// runtime only does not go into the package.
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** @param {{appOutDir: string, packager: {getResourcesDir: (folder: string) => string}}} context */
export default function afterPack({ appOutDir, packager }) {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
  rmSync(join(appOutDir, 'version'), { force: true });
}
