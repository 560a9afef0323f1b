import { useCallback } from 'react';
import { usePreferences } from '../../data/PreferencesProvider';
import { t } from '../../strings';

/** Whether this user wants to hear alerts; off until they choose. */
export function useSoundChoice(): { readonly isOn: boolean; readonly choose: (isOn: boolean) => void } {
  const { preferences, update } = usePreferences();
  const choose = useCallback(
    (sound: boolean) => void update({ alerts: { sound } }, t('alerts.soundFailed')),
    [update],
  );
  return { isOn: preferences?.alerts?.sound === true, choose };
}
