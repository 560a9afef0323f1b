import { useState } from 'react';
import type { PlaybackClock } from '../clock/PlaybackClock';
import type { Selection } from '../timeline/paint';

const NOTHING: Selection = { from: null, to: null };

export interface MarkedRange {
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
  /** One end of it is the position of the clock. */
  readonly mark: (end: 'from' | 'to') => void;
  readonly clear: () => void;
}

/** A stretch of time that somebody marks, for clips, locks, evidence and searches. */
export function useMarkedRange(clock: PlaybackClock): MarkedRange {
  const [selection, select] = useState<Selection>(NOTHING);
  const mark = (end: 'from' | 'to') => {
    const at = clock.position();
    select((before) => {
      const next = { ...before, [end]: at };
      if (next.from !== null && next.to !== null && next.to <= next.from)
        return end === 'from' ? { from: at, to: null } : { from: null, to: at };
      return next;
    });
  };
  return { selection, select, mark, clear: () => select(NOTHING) };
}
