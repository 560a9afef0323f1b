import { useEffect } from 'react';
import type { PlaybackClock } from '../clock/PlaybackClock';
import type { TilePlayer } from '../player/TilePlayer';

/** A gap that all tiles are in is jumped over after this, milliseconds. */
const GAP_SHOWN = 1200;

/** Lets every tile follow the clock, once for each picture of the screen; over gaps that all tiles share. */
export function useTicking(
  clock: PlaybackClock,
  players: () => readonly TilePlayer[],
  also: () => void,
): void {
  useEffect(() => {
    let frame = 0;
    let inGapSince: number | null = null;
    const tick = () => {
      frame = requestAnimationFrame(tick);
      const all = players();
      for (const player of all) player.tick();
      also();
      const next = clock.state().isPlaying && clock.state().rate > 0 ? commonGapEnd(all) : null;
      // Once there, tiles still need a while until they show a picture.
      if (next === null || next <= clock.position()) inGapSince = null;
      else if (performance.now() - (inGapSince ??= performance.now()) > GAP_SHOWN) {
        inGapSince = null;
        clock.seek(next);
      }
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [clock, players, also]);
}

/** Where the first of the tiles goes on; null when one of them is not in a gap or none goes on. */
function commonGapEnd(players: readonly TilePlayer[]): number | null {
  if (players.length === 0) return null;
  let earliest = Number.POSITIVE_INFINITY;
  for (const { state } of players) {
    if (state.kind === 'error') continue;
    if (state.kind !== 'gap') return null;
    earliest = Math.min(earliest, state.gap.to ?? Number.POSITIVE_INFINITY);
  }
  return Number.isFinite(earliest) ? earliest : null;
}
