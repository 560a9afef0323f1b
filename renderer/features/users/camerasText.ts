import type { User } from '../../../contract';
import { plural, t } from '../../strings';

/** Which cameras a user sees, in a few words. */
export function camerasText({ access, role, cameras }: Pick<User, 'access' | 'role' | 'cameras'>): string {
  if (access === 'all' || role === 'administrator') return t('users.allCameras');
  const seen = cameras.filter((one) => one.live || one.playback || one.export);
  return plural('users.someCameras', seen.length);
}
