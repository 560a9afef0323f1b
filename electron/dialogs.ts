import type { BaseWindow, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { BrowserWindow, dialog, shell } from 'electron';
import type { NativeDialogs } from '../main/settings/dialogs';

/** Dialogs of the desktop, on top of the window that asked. */
export function createNativeDialogs(): NativeDialogs {
  const parent = (): BaseWindow | null =>
    BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0] ?? null;
  const open = async (options: OpenDialogOptions): Promise<string | null> => {
    const window = parent();
    const { canceled, filePaths } = await (window
      ? dialog.showOpenDialog(window, options)
      : dialog.showOpenDialog(options));
    return canceled ? null : (filePaths[0] ?? null);
  };
  const save = async (options: SaveDialogOptions): Promise<string | null> => {
    const window = parent();
    const { canceled, filePath } = await (window
      ? dialog.showSaveDialog(window, options)
      : dialog.showSaveDialog(options));
    return canceled || filePath === '' ? null : filePath;
  };
  return {
    chooseFolder: ({ title, button }) =>
      open({ title, buttonLabel: button, properties: ['openDirectory', 'createDirectory'] }),
    openFile: ({ title, kind }) =>
      open({
        title,
        properties: ['openFile'],
        filters: [{ name: kind.name, extensions: [kind.extension, ...(kind.otherExtensions ?? [])] }],
      }),
    saveFile: ({ title, suggestedName, kind }) =>
      save({
        title,
        defaultPath: suggestedName,
        filters: [{ name: kind.name, extensions: [kind.extension] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      }),
    async showFolder(folder) {
      const problem = await shell.openPath(folder);
      if (problem !== '') throw new Error(problem);
    },
  };
}
