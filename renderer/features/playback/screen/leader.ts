import type { TileState } from '../player/tileState';

/** What is known of a tile's player. */
export interface Stepped {
  readonly cameraId: string;
  readonly state: TileState;
}

/**
 * The camera whose pictures are stepped through. It stays the same from step to step: a tile that is still getting
 * its picture is none to be left for another one, whose pictures begin at other moments.
 * @param selected the camera chosen on the screen; null: none
 * @param before the camera of the step before; null: there was none
 * @returns null without tiles
 */
export function leaderOf(
  players: readonly Stepped[],
  selected: string | null,
  before: string | null,
): string | null {
  const withFootage = players.filter(({ state }) => state.kind === 'picture' || state.kind === 'loading');
  const found =
    withFootage.find(({ cameraId }) => cameraId === selected) ??
    withFootage.find(({ cameraId }) => cameraId === before) ??
    withFootage.find(({ state }) => state.kind === 'picture') ??
    withFootage[0] ??
    players[0];
  return found?.cameraId ?? null;
}
