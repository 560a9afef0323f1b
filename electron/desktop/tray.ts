import path from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { NativeImage } from 'electron';
import type { Clock, Timer } from '../../main/base/clock';
import type { Disposable } from '../../main/base/disposable';
import type { Activity } from './activity';
import { texts } from './texts';

export type TrayState = 'idle' | 'recording' | 'attention';

/** Something that should record and does not is what the icon must not hide. */
export function trayState(activity: Activity): TrayState {
  if (activity.cameras.length === 0) return 'idle';
  return activity.cameras.every((camera) => camera.recording) ? 'recording' : 'attention';
}

/**
 * Pixels of the files in assets/icons/tray; the first is for a display scale of 100 %. No larger one on Linux: until
 * its pull request 49863 Electron keeps the pixels of the largest for ever, each time an icon is set.
 */
const SIZES = process.platform === 'linux' ? [24, 48] : [22, 32, 64];
/** The icon is calm again this long after the last camera came back: one that comes and goes must not make it flicker. */
const CALM_MS = 5_000;

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

/**
 * The icon in the desktop's tray: its colour and its words say what is being recorded. Words follow at once, and so
 * does the colour for what needs attention; that for what does not any more waits a little.
 */
export function createTrayIcon(options: {
  readonly icons: string;
  readonly clock: Clock;
  readonly onOpen: () => void;
  readonly onQuit: () => void;
}): TrayIcon {
  const { icons, clock } = options;
  const images = new Map<TrayState, NativeImage>();
  const imageFor = (state: TrayState): NativeImage => {
    const image = images.get(state) ?? imageOf(icons, state);
    images.set(state, image);
    return image;
  };
  const tray = new Tray(imageFor('idle'));
  tray.on('click', options.onOpen);
  let shown: TrayState = 'idle';
  let wanted: TrayState = 'idle';
  let calming: Timer | null = null;
  let said = '';

  const colour = () => {
    calming?.cancel();
    calming = null;
    if (wanted === shown) return;
    shown = wanted;
    tray.setImage(imageFor(shown));
  };
  return {
    show(activity) {
      wanted = trayState(activity);
      if (shown === 'attention' && wanted === 'recording') calming ??= clock.after(CALM_MS, colour);
      else colour();
      const words = texts.recording(activity);
      if (words === said) return;
      said = words;
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
    dispose() {
      calming?.cancel();
      tray.destroy();
    },
  };
}
