import type { ReactNode } from 'react';
import { PlaybackIcon } from '../playback/screen/playbackIcons';
import { ModelIcon } from '../models/modelIcon';
import { HealthIcon } from '../health/healthIcon';
import { GalleryIcon } from '../../ui/galleryIcons';
import type { IconProps } from '../../ui/icons';
import { BellIcon, CameraIcon, EventsIcon, LiveIcon, SettingsIcon } from '../../ui/icons';

export type ScreenId =
  'live' | 'playback' | 'cameras' | 'alerts' | 'events' | 'models' | 'health' | 'settings' | 'gallery';

export interface ScreenEntry {
  readonly id: ScreenId;
  readonly label: `screen.${ScreenId}`;
  readonly icon: (props: IconProps) => ReactNode;
  /** The right without which there is nothing to do on it. */
  readonly needs?: string;
}

/** In the order of the rail. Each has an action `screen.<id>` (renderer/keys/actions). */
export const SCREENS: readonly ScreenEntry[] = [
  { id: 'live', label: 'screen.live', icon: LiveIcon },
  { id: 'playback', label: 'screen.playback', icon: PlaybackIcon, needs: 'playback.watch' },
  { id: 'cameras', label: 'screen.cameras', icon: CameraIcon, needs: 'cameras.configure' },
  { id: 'alerts', label: 'screen.alerts', icon: BellIcon },
  { id: 'events', label: 'screen.events', icon: EventsIcon },
  { id: 'gallery', label: 'screen.gallery', icon: GalleryIcon },
  { id: 'models', label: 'screen.models', icon: ModelIcon, needs: 'configure' },
  { id: 'health', label: 'screen.health', icon: HealthIcon },
  { id: 'settings', label: 'screen.settings', icon: SettingsIcon },
];
