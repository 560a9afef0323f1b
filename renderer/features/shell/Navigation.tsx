import { createContext, useContext } from 'react';
import type { ScreenId } from './screens';

/** What the opened screen shall do at once. */
export interface Intent {
  readonly editCameraId?: string;
  readonly addCamera?: boolean;
  /** Recordings that are to be played: of a camera at a moment, milliseconds since the epoch. */
  readonly playback?: { readonly cameraId: string; readonly at: number };
  /** Of an event that is to be shown. */
  readonly eventId?: string;
}

export interface Navigation {
  readonly screen: ScreenId;
  readonly intent: Intent;
  readonly open: (screen: ScreenId, intent?: Intent) => void;
}

export const NavigationContext = createContext<Navigation | null>(null);

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === null) throw new Error('NavigationContext is missing');
  return navigation;
}
