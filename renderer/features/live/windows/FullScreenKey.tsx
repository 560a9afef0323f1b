import { useAction } from '../../../keys/useAction';
import { useWindows } from './useWindows';

/** The key for full screen, on every screen of a window. */
export function FullScreenKey() {
  const { toggleFullScreen } = useWindows();
  useAction('application.full-screen', toggleFullScreen);
  return null;
}
