import type { RefObject } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Device } from '../../../../contract';
import { command, toCallError } from '../../../data/call';
import { t } from '../../../strings';
import { toast } from '../../../ui/toasts';
import type { ReplayClip, Speed } from './replayTime';
import { replayedAt } from './replayTime';

/** How far back it goes, seconds. */
const REPLAY_SECONDS = 30;

export interface Replay {
  /** The clip is being cut. */
  readonly isOpening: boolean;
  /** Null while the live picture is shown. */
  readonly clip: ReplayClip | null;
  /** Seconds of the clip. */
  readonly position: number;
  /** Wall clock of the picture on screen, milliseconds since the epoch; null while live. */
  readonly at: number | null;
  readonly isPaused: boolean;
  readonly speed: Speed;
  /** Goes back; during a replay to its beginning. */
  readonly back: () => void;
  readonly live: () => void;
  readonly togglePause: () => void;
  readonly setSpeed: (speed: Speed) => void;
  readonly seek: (seconds: number) => void;
  /** The element shows another picture, paused or went on. */
  readonly onChange: () => void;
  readonly onFailure: () => void;
}

/**
 * Instant replay of what a camera has just seen. The live view goes on underneath, untouched.
 * @param video the element that plays it, while there is a clip
 */
export function useReplay({ id, name }: Device, video: RefObject<HTMLVideoElement | null>): Replay {
  const [isOpening, setOpening] = useState(false);
  const [clip, setClip] = useState<ReplayClip | null>(null);
  const [position, setPosition] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const [speed, setSpeedState] = useState<Speed>(1);
  /** Each press of Live makes the answer to an earlier Back worthless. */
  const turn = useRef(0);
  const open = useRef<string | null>(null);

  const close = useCallback(() => {
    turn.current++;
    if (open.current !== null) command('live.close-replay', { id: open.current }).catch(() => undefined);
    open.current = null;
  }, []);
  useEffect(() => close, [close]);

  const live = useCallback(() => {
    close();
    setOpening(false);
    setClip(null);
  }, [close]);

  const fail = (text: string) => {
    live();
    toast({ tone: 'bad', title: t('replay.failed', { name }), text });
  };
  const seek = (seconds: number) => {
    if (clip === null) return;
    const wanted = Math.min(clip.seconds, Math.max(0, seconds));
    adjust(video.current, { currentTime: wanted });
    setPosition(wanted);
  };
  const back = async () => {
    if (isOpening) return;
    if (clip !== null) {
      seek(0);
      void video.current?.play().catch(() => undefined);
      return;
    }
    const mine = ++turn.current;
    setOpening(true);
    try {
      const made = await command('live.open-replay', { camera_id: id, seconds: REPLAY_SECONDS });
      if (turn.current !== mine) {
        command('live.close-replay', { id: made.id }).catch(() => undefined);
        return;
      }
      open.current = made.id;
      setOpening(false);
      setPosition(0);
      setPaused(false);
      setSpeedState(1);
      setClip({
        id: made.id,
        url: made.url,
        start: Date.parse(made.start),
        end: Date.parse(made.end),
        seconds: made.seconds,
      });
    } catch (error) {
      if (turn.current === mine) fail(toCallError(error, 'live.open-replay').message);
    }
  };

  return {
    isOpening,
    clip,
    position,
    at: clip === null ? null : replayedAt(clip, position),
    isPaused,
    speed,
    back: () => void back(),
    live,
    togglePause() {
      const element = video.current;
      if (element?.paused === true) void element.play().catch(() => undefined);
      else element?.pause();
    },
    setSpeed(next) {
      adjust(video.current, { playbackRate: next });
      setSpeedState(next);
    },
    seek,
    onChange() {
      const element = video.current;
      if (element === null) return;
      setPosition(element.currentTime);
      setPaused(element.paused && !element.ended);
    },
    onFailure: () => fail(t('replay.unplayable')),
  };
}

function adjust(
  element: HTMLVideoElement | null,
  to: { readonly currentTime?: number; readonly playbackRate?: number },
): void {
  if (element !== null) Object.assign(element, to);
}
