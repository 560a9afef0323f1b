import { useCallback } from 'react';
import { useNavigation } from '../shell/Navigation';

/** Opens the Playback screen with a camera at a moment (milliseconds since the epoch), playing. */
export function useOpenPlayback(): (cameraId: string, at: number) => void {
  const { open } = useNavigation();
  return useCallback((cameraId, at) => open('playback', { playback: { cameraId, at } }), [open]);
}
