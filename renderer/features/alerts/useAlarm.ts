import { useEffect } from 'react';
import { useAlerts } from '../../data/AlertsProvider';
import { AlarmSound } from './alarmSound';
import { listsOf } from './alertLists';
import { useSoundChoice } from './useSoundChoice';

const REPEAT_MS = 6_000;

/** Calls for somebody while there is an alert that lasts and nobody has acknowledged, if the user wants that. */
export function useAlarm(): void {
  const isOpen = listsOf(useAlerts()).open.length > 0;
  const { isOn } = useSoundChoice();
  const isCalling = isOpen && isOn;
  useEffect(() => {
    if (!isCalling) return;
    const sound = new AlarmSound();
    sound.play();
    const timer = setInterval(() => sound.play(), REPEAT_MS);
    return () => {
      clearInterval(timer);
      sound.dispose();
    };
  }, [isCalling]);
}
