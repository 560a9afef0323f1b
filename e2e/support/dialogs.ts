import type { RunningApp } from '../app';

/** From now on the desktop's dialog for folders and files to open answers with this path; null cancels it. */
export async function answerFolderDialog(app: RunningApp, chosen: string | null): Promise<void> {
  await app.electronApp.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: answer === null, filePaths: answer === null ? [] : [answer] });
  }, chosen);
}

/** From now on the desktop's dialog for files to save answers with this path; null cancels it. */
export async function answerSaveDialog(app: RunningApp, chosen: string | null): Promise<void> {
  await app.electronApp.evaluate(({ dialog }, answer) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: answer === null, filePath: answer ?? '' });
  }, chosen);
}
