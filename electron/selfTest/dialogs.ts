import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { NativeDialogs } from '../../main/settings/dialogs';

/** Answers dialogs when nobody is there: everything is kept in, and read from, a folder of the test's profile. */
export function unattendedDialogs(dataDir: string): NativeDialogs {
  const folder = path.join(dataDir, 'exports');
  const made = () => mkdir(folder, { recursive: true });
  return {
    async chooseFolder() {
      await made();
      return folder;
    },
    async saveFile({ suggestedName }) {
      await made();
      return path.join(folder, path.basename(suggestedName));
    },
    async openFile({ kind }) {
      await made();
      const name = (await readdir(folder)).find((file) => file.endsWith(`.${kind.extension}`));
      return name === undefined ? null : path.join(folder, name);
    },
    showFolder: () => Promise.resolve(),
  };
}
