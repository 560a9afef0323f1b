import type { Dispatch, SetStateAction } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { Device } from '../../../../contract';
import type { CallError } from '../../../data/call';
import { PlaybackClock } from '../clock/PlaybackClock';
import type { TimeView } from '../timeline/view';
import { around, HOUR, MINUTE } from '../timeline/view';
import { useRecordedBounds } from './useRecordedBounds';

/** Without a moment to open at: a little before the present. */
const BEFORE_NOW = 30_000;
/** Before the end of the last recording, so that there is something to play. */
const BEFORE_END = 5_000;
/** The clock of a stream that has just begun is still finding its level, milliseconds. */
const AFTER_BEGINNING = 500;

export interface Opening {
  readonly clock: PlaybackClock;
  readonly view: TimeView;
  readonly setView: Dispatch<SetStateAction<TimeView>>;
}

/** Clock and view of the screen. @param opensAt where it plays from, milliseconds since the epoch; null: nowhere yet */
export function useOpening(opensAt: number | null): Opening {
  const [clock] = useState(
    () =>
      new PlaybackClock(
        opensAt ?? Date.now() - BEFORE_NOW,
        () => performance.now(),
        () => Date.now(),
      ),
  );
  const [view, setView] = useState<TimeView>(() =>
    around(clock.position(), opensAt === null ? HOUR : 10 * MINUTE),
  );
  useEffect(() => {
    if (opensAt !== null) clock.play(1);
  }, [clock, opensAt]);
  return { clock, view, setView };
}

export interface KeptFootage {
  /** Nothing was ever recorded by these cameras. */
  readonly isEmpty: boolean;
  readonly isLoading: boolean;
  readonly error: CallError | null;
}

/** What is kept of the cameras; opened without a moment, the screen goes to where there is something to see. */
export function useKeptFootage(
  devices: readonly Device[],
  { setView }: Pick<Opening, 'setView'>,
  opensAt: number | null,
  seek: (at: number) => void,
): KeptFootage {
  const bounds = useRecordedBounds(devices);
  const first = bounds.data?.first ?? null;
  const last = bounds.data?.last ?? null;
  const hasBegun = useRef(opensAt !== null);
  useEffect(() => {
    if (hasBegun.current || last === null) return;
    hasBegun.current = true;
    const at = Math.min(Date.parse(last) - BEFORE_END, Date.now() - BEFORE_NOW);
    const begin = Math.max(at, first === null ? at : Date.parse(first) + AFTER_BEGINNING);
    setView(around(begin, HOUR));
    seek(begin);
  }, [setView, seek, first, last]);
  return {
    isEmpty: bounds.data !== null && bounds.data.first === null && devices.length > 0,
    isLoading: bounds.data === null && bounds.error === null,
    error: bounds.error,
  };
}
