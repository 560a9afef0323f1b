import path from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { NativeImage } from 'electron';
import type { Disposable } from '../../main/base/disposable';
import type { Activity } from './activity';
import { texts } from './texts';

export type TrayState = 'idle' | 'recording' | 'attention';

/** Something that should record and does not is what the icon must not hide. */
export function trayState(activity: Activity): TrayState {
  if (activity.cameras.length === 0) return 'idle';
  return activity.cameras.every((camera) => camera.recording) ? 'recording' : 'attention';
}

/** Pixels of the files in assets/icons/tray; the first is for a display scale of 100 %. */
const SIZES = process.platform === 'linux' ? [24, 48, 96] : [22, 32, 64];

function imageOf(folder: string, state: TrayState): NativeImage {
  const image = nativeImage.createEmpty();
  const [base = 24] = SIZES;
  for (const size of SIZES) {
    const file = path.join(folder, 'tray', `${state}-${String(size)}.png`);
    image.addRepresentation({
      scaleFactor: size / base,
      buffer: nativeImage.createFromPath(file).toPNG(),
    });
  }
  return image;
}

export interface TrayIcon extends Disposable {
  show(activity: Activity): void;
}

/** The icon in the desktop's tray: its colour and its words say what is being recorded. */
export function createTrayIcon(options: {
  readonly icons: string;
  readonly onOpen: () => void;
  readonly onQuit: () => void;
}): TrayIcon {
  const tray = new Tray(imageOf(options.icons, 'idle'));
  tray.on('click', options.onOpen);
  let shown = '';
  return {
    show(activity) {
      const words = texts.recording(activity);
      const state = trayState(activity);
      if (shown === state + words) return;
      shown = state + words;
      tray.setImage(imageOf(options.icons, state));
      tray.setToolTip(`${texts.name}: ${words}`);
      // On Linux a menu does not change in place.
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: words, enabled: false },
          { type: 'separator' },
          { label: texts.open, click: options.onOpen },
          { label: texts.quit, click: options.onQuit },
        ]),
      );
    },
    dispose: () => tray.destroy(),
  };
}
