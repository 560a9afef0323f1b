import type { BrowserWindow } from 'electron';
import type { Check } from './report';
import type { TestCamera } from './testCamera';
import { pause } from './testCamera';
import type { Picture } from './window';
import { pictureIn } from './window';

/** Where playing begins, after the first picture of the footage, milliseconds. */
const AFTER_START_MS = 1_000;
/** Pictures that were played and not only shown. */
const FRAMES = 20;
const CONTRAST = 16;

/** Runs in the page, which has the Playback screen open: goes to a moment as typing it does. */
const goTo = (moment: string) => `(() => {
  const field = document.querySelector('[data-testid="playback-goto"]');
  if (!field) return false;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(moment)});
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return new Promise((resolve) => setTimeout(() => { field.form.requestSubmit(); resolve(true); }, 100));
})()`;
const press = (selector: string) => `(() => {
  const found = document.querySelector(${JSON.stringify(selector)});
  found?.click();
  return found !== null;
})()`;
const TILE_STATE = `document.querySelector('[data-testid="playback-tile"]')?.dataset.state ?? null`;

/** Opens the Playback screen in the window, goes to the footage and sees it play. */
export const playbackCheck = (camera: TestCamera, window: BrowserWindow): Check => ({
  name: 'the footage is played back in the window',
  limitMs: 45_000,
  async run() {
    const { start, end } = camera.footage;
    const ask = (script: string) => window.webContents.executeJavaScript(script) as Promise<unknown>;
    const until = async (script: string, wanted: unknown): Promise<void> => {
      while ((await ask(script)) !== wanted) await pause();
    };
    await until(press('nav [data-screen="playback"]'), true);
    await until(goTo(typed(new Date(Date.parse(start) + AFTER_START_MS))), true);
    await until(TILE_STATE, 'picture');
    await until(press('.playback-play'), true);
    for (;;) {
      const picture = (await ask(pictureIn('video[data-testid="playback-video"]'))) as Picture | null;
      if (picture && picture.frames >= FRAMES && picture.contrast >= CONTRAST)
        return { ...picture, of_seconds: (Date.parse(end) - Date.parse(start)) / 1000 };
      await pause();
    }
  },
});

/** A moment as the field for it is filled in: in the workstation's time zone. */
function typed(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(moment.getFullYear())}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;
}
