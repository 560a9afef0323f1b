import type { RefObject } from 'react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LiveSoundSnapshot } from '../../../live/soundFeed';
import { useLiveClient } from '../LiveClientContext';
import { soundSwitch } from './soundSwitch';

export interface TileSound {
  /** The camera has sound at all. */
  readonly isAvailable: boolean;
  /** The operator listens to this tile. */
  readonly isHeard: boolean;
  /** Null while nobody listens. */
  readonly snapshot: LiveSoundSnapshot | null;
  /** 0 to 1, a few times a second. */
  readonly level: number;
  readonly toggle: () => void;
}

/** How often the loudness is shown anew, milliseconds. */
const LEVEL_MS = 200;
/**
 * Pressing the loudspeaker of another tile selects that tile first, which by itself makes it heard; the press
 * then means "listen to this one", not "be silent", milliseconds.
 */
const JUST_SELECTED_MS = 600;

/**
 * The sound of a tile. A tile that is not heard has no consumer.
 * @param audio the element that plays it
 * @param live whether the live picture is shown: over a replay live sound would be misleading
 */
export function useSound(
  audio: RefObject<HTMLAudioElement | null>,
  cameraId: string,
  { isAvailable, isSelected, isLive }: { isAvailable: boolean; isSelected: boolean; isLive: boolean },
): TileSound {
  const client = useLiveClient();
  const isOn = useSyncExternalStore(soundSwitch.subscribe, soundSwitch.isOn);
  const isHeard = isOn && isSelected && isAvailable;
  const listens = isHeard && isLive;
  const [snapshot, setSnapshot] = useState<LiveSoundSnapshot | null>(null);
  const [level, setLevel] = useState(0);
  const heardSince = useRef(0);

  useEffect(() => {
    if (isHeard) heardSince.current = performance.now();
  }, [isHeard]);
  useEffect(() => {
    const element = audio.current;
    if (!listens || element === null) return;
    const sound = client.listen(cameraId);
    const detach = sound.attach(element);
    const show = () => setSnapshot(sound.snapshot());
    const unsubscribe = sound.subscribe(show);
    show();
    const timer = setInterval(() => void sound.level().then(setLevel, () => undefined), LEVEL_MS);
    return () => {
      clearInterval(timer);
      unsubscribe();
      detach();
      sound.close();
      setSnapshot(null);
      setLevel(0);
    };
  }, [audio, client, cameraId, listens]);

  return {
    isAvailable,
    isHeard,
    snapshot,
    level,
    toggle: () => soundSwitch.set(!(isHeard && performance.now() - heardSince.current > JUST_SELECTED_MS)),
  };
}
