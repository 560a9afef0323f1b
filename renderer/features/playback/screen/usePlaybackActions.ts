import { useMemo } from 'react';
import { MOST_TIMELINE_CAMERAS } from '../../../../contract/playback';
import { query } from '../../../data/call';
import type { PlaybackClock } from '../clock/PlaybackClock';
import { rateBeside } from '../clock/PlaybackClock';
import type { TilePlayer } from '../player/TilePlayer';
import type { TimeView } from '../timeline/view';
import { following } from '../timeline/view';
import { leaderOf } from './leader';

export interface PlaybackActions {
  readonly toggle: () => void;
  readonly pause: () => void;
  /** Backwards, each time faster. */
  readonly reverse: () => void;
  /** Forwards, each time faster. */
  readonly forward: () => void;
  readonly step: (which: 'next' | 'previous') => void;
  /** To a moment, or the first one after it of which there is footage. */
  readonly seek: (at: number) => void;
  /** By this many milliseconds. */
  readonly jump: (by: number) => void;
  /** To the first or the last that is kept of the cameras shown, as of now: recording may go on. */
  readonly toEnd: (which: 'first' | 'last') => void;
  readonly changeRate: (by: 1 | -1) => void;
  readonly goToDay: (from: number, to: number) => void;
}

/** So much before the end of the last recording there still is something to see, milliseconds. */
const BEFORE_LAST = 2000;

/** What keys and buttons do to the clock. */
export function usePlaybackActions(
  clock: PlaybackClock,
  players: () => readonly TilePlayer[],
  selected: () => string | null,
  onView: (change: (view: TimeView) => TimeView) => void,
): PlaybackActions {
  return useMemo(() => {
    // Steps follow each other, however fast the key is pressed.
    const steps: { last: Promise<void>; leader: string | null } = { last: Promise.resolve(), leader: null };
    const show = (at: number) => onView((before) => following(before, at));
    const seek = (at: number) => {
      clock.seek(at);
      show(at);
      const { jumps } = clock.state();
      // Nothing there in any tile: on to what comes next.
      void Promise.all(
        players().map(({ cameraId }) =>
          query('playback.frame', { camera_id: cameraId, at, which: 'nearest' }),
        ),
      )
        .then((found) => {
          const moments = found.map((one) => one.at).filter((moment): moment is number => moment !== null);
          const nearest = Math.min(...moments);
          // A late answer must not undo what was done since.
          if (moments.length === 0 || nearest <= at || clock.state().jumps !== jumps) return;
          clock.seek(nearest);
          show(nearest);
        })
        .catch(() => undefined);
    };
    return {
      toggle: () => (clock.state().isPlaying ? clock.pause() : clock.play()),
      pause: () => clock.pause(),
      reverse: () => {
        const { isPlaying, rate } = clock.state();
        clock.play(isPlaying && rate < 0 ? rateBeside(rate, 1) : -1);
      },
      forward: () => {
        const { isPlaying, rate } = clock.state();
        clock.play(isPlaying && rate > 0 ? rateBeside(rate, 1) : Math.max(1, Math.abs(rate)));
      },
      step: (which) => {
        clock.pause();
        const camera_id = leaderOf(players(), selected(), steps.leader);
        if (camera_id === null) return;
        steps.leader = camera_id;
        steps.last = steps.last
          .then(async () => {
            const { at } = await query('playback.frame', { camera_id, at: clock.position(), which });
            if (at === null) return;
            clock.seek(at);
            show(at);
          })
          .catch(() => undefined);
      },
      seek,
      jump: (by) => {
        const at = clock.position() + by;
        clock.seek(at);
        show(at);
      },
      toEnd: (which) => {
        void query('playback.bounds', {
          camera_ids: players()
            .slice(0, MOST_TIMELINE_CAMERAS)
            .map(({ cameraId }) => cameraId),
        })
          .then((bounds) => {
            const at = bounds[which];
            if (at !== null) seek(Date.parse(at) - (which === 'last' ? BEFORE_LAST : 0));
          })
          .catch(() => undefined);
      },
      changeRate: (by) => clock.setRate(rateBeside(clock.state().rate, by)),
      goToDay: (from, to) => {
        onView(() => ({ from, to }));
        seek(from);
      },
    };
  }, [clock, players, selected, onView]);
}
