import type { RefObject } from 'react';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { soundSwitch } from '../../live/tile/soundSwitch';
import type { PlaybackClock } from '../clock/PlaybackClock';
import type { SoundState } from '../player/SoundPlayer';
import { SoundPlayer } from '../player/SoundPlayer';
import type { TilePlayer } from '../player/TilePlayer';

export interface PlaybackSound {
  /** The window makes sound: one switch for Live and Playback. */
  readonly isOn: boolean;
  readonly state: SoundState;
  /** 0 to 1, a few times a second. */
  readonly level: number;
  readonly toggle: () => void;
  /** Once for each picture of the screen. */
  readonly tick: () => void;
}

/** How often the loudness is shown anew, milliseconds. */
const LEVEL_MS = 200;

/** The sound of the selected tile. @param heard its player */
export function usePlaybackSound(
  clock: PlaybackClock,
  audio: RefObject<HTMLAudioElement | null>,
  heard: () => TilePlayer | null,
): PlaybackSound {
  const isOn = useSyncExternalStore(soundSwitch.subscribe, soundSwitch.isOn);
  const [state, setState] = useState<SoundState>('off');
  const [level, setLevel] = useState(0);
  const player = useRef<SoundPlayer | null>(null);
  useEffect(() => {
    if (!isOn || audio.current === null) return;
    const made = new SoundPlayer(clock, audio.current, setState);
    player.current = made;
    const timer = setInterval(() => setLevel(made.level()), LEVEL_MS);
    return () => {
      clearInterval(timer);
      player.current = null;
      made.stop();
      setLevel(0);
    };
  }, [isOn, clock, audio]);
  const tick = useCallback(() => player.current?.tick(heard()), [heard]);
  const toggle = useCallback(() => soundSwitch.set(!soundSwitch.isOn()), []);
  return { isOn, state, level, toggle, tick };
}
