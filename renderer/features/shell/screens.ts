import type { ReactNode } from 'react';
import type { IconProps } from '../../ui/icons';
import { CameraIcon, LiveIcon, SettingsIcon } from '../../ui/icons';

export type ScreenId = 'live' | 'cameras' | 'settings';

export interface ScreenEntry {
  readonly id: ScreenId;
  readonly label: `screen.${ScreenId}`;
  readonly icon: (props: IconProps) => ReactNode;
}

/** In the order of the rail; Ctrl+1 opens the first. */
export const SCREENS: readonly ScreenEntry[] = [
  { id: 'live', label: 'screen.live', icon: LiveIcon },
  { id: 'cameras', label: 'screen.cameras', icon: CameraIcon },
  { id: 'settings', label: 'screen.settings', icon: SettingsIcon },
];

export interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** The screen that a key stroke asks for; null when it asks for none. */
export function screenForKey(stroke: KeyStroke): ScreenId | null {
  if (!stroke.ctrlKey || stroke.altKey || stroke.shiftKey || stroke.metaKey) return null;
  // As in most applications of the desktop.
  if (stroke.key === ',') return 'settings';
  if (!/^[1-9]$/.test(stroke.key)) return null;
  return SCREENS[Number(stroke.key) - 1]?.id ?? null;
}
