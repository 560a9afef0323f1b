import { useEffect, useState } from 'react';
import type { TimelineCamera } from '../../../../contract/playback';
import type { CallError } from '../../../data/call';
import { query, toCallError } from '../../../data/call';
import type { TimeView } from './view';
import { lengthOf } from './view';

export interface TimelineData {
  readonly cameras: readonly TimelineCamera[];
  readonly error: CallError | null;
  readonly isLoading: boolean;
}

const EMPTY: TimelineData = { cameras: [], error: null, isLoading: true };
/** The view moves often: it is asked about when it rests, milliseconds. */
const REST = 60;
/** Footage that is being recorded appears, milliseconds. */
const RENEW = 10_000;

/** What a time line shows, asked for with a margin on both sides. @param news another value: ask again */
export function useTimelineData(
  cameraIds: readonly string[],
  view: TimeView,
  width: number,
  news: number,
): TimelineData {
  const [data, setData] = useState<TimelineData>(EMPTY);
  const [turn, setTurn] = useState(0);
  const length = lengthOf(view);
  // In steps of a quarter of the view: scrolling a little asks nothing.
  const step = length / 4;
  const from = Math.floor(view.from / step) * step - 2 * step;
  const to = Math.ceil(view.to / step) * step + 2 * step;
  const pixels = Math.min(8192, Math.max(1, Math.round((width * (to - from)) / length)));
  const wanted = JSON.stringify({
    camera_ids: cameraIds,
    start: new Date(Math.max(0, from)).toISOString(),
    end: new Date(Math.max(1, to)).toISOString(),
    pixels,
  });

  useEffect(() => {
    let isCurrent = true;
    const request = JSON.parse(wanted) as {
      camera_ids: string[];
      start: string;
      end: string;
      pixels: number;
    };
    const timer = setTimeout(() => {
      query('playback.timeline', request).then(
        ({ cameras }) => {
          if (isCurrent) setData({ cameras, error: null, isLoading: false });
        },
        (error: unknown) => {
          if (isCurrent)
            setData((before) => ({
              ...before,
              error: toCallError(error, 'playback.timeline'),
              isLoading: false,
            }));
        },
      );
    }, REST);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [wanted, turn, news]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (to > Date.now()) setTurn((before) => before + 1);
    }, RENEW);
    return () => clearInterval(timer);
  }, [to]);
  return data;
}
