import { readFileSync } from 'node:fs';
import type { BrowserWindow } from 'electron';

const POLL_MS = 100;

/** Runs in the page: the first of some videos that shows a picture, and whether there is anything to see in it. */
export const pictureIn = (selector: string) => `(async () => {
  const all = [...document.querySelectorAll(${JSON.stringify(selector)})];
  const video = all.find((each) => each.videoWidth > 0);
  if (!video) return null;
  const canvas = document.createElement('canvas');
  canvas.width = 64; canvas.height = 36;
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, 64, 36);
  const { data } = context.getImageData(0, 0, 64, 36);
  let least = 255, most = 0;
  for (let at = 0; at < data.length; at += 4) {
    const grey = (data[at] + data[at + 1] + data[at + 2]) / 3;
    least = Math.min(least, grey); most = Math.max(most, grey);
  }
  const quality = video.getVideoPlaybackQuality();
  return {
    width: video.videoWidth, height: video.videoHeight, contrast: Math.round(most - least),
    frames: quality.totalVideoFrames, dropped: quality.droppedVideoFrames,
  };
})()`;

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Brightest minus darkest grey, 0 to 255; 0 is one colour. */
  readonly contrast: number;
  readonly frames: number;
  readonly dropped: number;
}

/** Decoded pictures that make a stream live, and grey levels that make a picture one. */
const FRAMES = 25;
const CONTRAST = 16;

/** Waits until the window shows moving pictures with something in them. */
export async function livePicture(window: BrowserWindow): Promise<Picture> {
  for (;;) {
    const picture = (await window.webContents.executeJavaScript(pictureIn('video'))) as Picture | null;
    if (picture && picture.frames >= FRAMES && picture.contrast >= CONTRAST) return picture;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Waits for the window, then looks at its page and at the process behind it from outside. */
export async function windowFacts(window: BrowserWindow, sandboxed: boolean): Promise<unknown> {
  let page = { navigations: 0, node: '' };
  while (!window.isVisible() || page.navigations === 0) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    page = (await window.webContents.executeJavaScript(
      `({ navigations: document.querySelectorAll('nav').length, node: typeof require + typeof process })`,
    )) as typeof page;
  }
  if (page.node !== 'undefinedundefined') throw new Error('the page can reach Node');
  const seccomp = seccompOf(window.webContents.getOSProcessId());
  if (sandboxed && seccomp !== null && seccomp !== 'filter')
    throw new Error(`the page's process is not sandboxed (seccomp ${seccomp})`);
  return { visible: true, bounds: window.getBounds(), sandbox: sandboxed ? 'on' : 'off', seccomp };
}

/** Linux: how the kernel restricts the system calls of a process; null elsewhere. */
export function seccompOf(pid: number): 'off' | 'strict' | 'filter' | null {
  if (process.platform !== 'linux') return null;
  const mode = /^Seccomp:\s*(\d)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  return mode === '2' ? 'filter' : mode === '1' ? 'strict' : 'off';
}
