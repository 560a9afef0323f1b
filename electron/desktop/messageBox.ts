import type { BrowserWindow } from 'electron';
import { dialog } from 'electron';
import type { DesktopAnswer } from '../../main/desktop/control';
import type { MessageBox } from './questions';
import { texts } from './texts';

const CANCEL = ['cancel', texts.cancel] as const;
const QUIT = ['quit', texts.quit] as const;

/** The question as a message box of the platform, for a window whose page does not answer. */
export const messageBoxOn =
  (window: () => BrowserWindow | null): MessageBox =>
  async (question, gone) => {
    const quits = question.kind === 'quit';
    const choices: readonly (readonly [DesktopAnswer, string])[] = quits
      ? [CANCEL, QUIT]
      : [['continue', texts.backgroundKeep], QUIT, CANCEL];
    const options = {
      type: quits ? ('warning' as const) : ('info' as const),
      title: texts.name,
      message: quits ? texts.quitTitle : texts.backgroundTitle,
      detail: quits
        ? texts.quitDetail(question.cameras.map(({ name }) => name))
        : texts.backgroundDetail(question.tray),
      buttons: choices.map(([, label]) => label),
      defaultId: 0,
      cancelId: quits ? 0 : choices.length - 1,
      signal: gone,
    };
    const parent = window();
    const { response } = parent
      ? await dialog.showMessageBox(parent, options)
      : await dialog.showMessageBox(options);
    return choices[response]?.[0] ?? 'cancel';
  };

/** Says that whoever asks may not quit, where nobody may be signed in to see it in the window. */
export async function tellRefusal(parent: BrowserWindow): Promise<void> {
  await dialog.showMessageBox(parent, {
    type: 'info',
    title: texts.name,
    message: texts.refusedTitle,
    detail: texts.refusedDetail,
    buttons: [texts.close],
  });
}
