import type { Dispatch } from 'react';
import { useEffect, useMemo, useReducer } from 'react';
import type { Layout } from '../../../../contract';
import { useDevices } from '../../../data/DevicesProvider';
import { useSession } from '../../../data/SessionProvider';
import type { ShownTiles } from './shownTiles';
import { shownTiles } from './shownTiles';
import { thisWindow } from './thisWindow';
import type { WallAction, WallState } from './wallModel';
import { FIRST_WALL, reduceWall } from './wallModel';
import { readWall, wallOwner, writeWall } from './wallStorage';

export interface WallInUse extends ShownTiles {
  readonly state: WallState;
  readonly dispatch: Dispatch<WallAction>;
}

/** What this window shows to who works here, kept for its next start. */
export function useWall(layouts: readonly Layout[] | null): WallInUse {
  const { devices: all, byId } = useDevices();
  const owner = wallOwner(useSession(), 'live');
  const [state, dispatch] = useReducer(
    reduceWall,
    null,
    () => readWall(window.localStorage, thisWindow.id, owner) ?? firstOf(thisWindow.id),
  );
  const isFirst = state === FIRST_WALL || state === FIRST_OF_WINDOW;

  useEffect(() => {
    // A new window begins with the layout that it was opened for.
    const first = layouts?.find(({ id }) => id === thisWindow.firstLayoutId);
    if (isFirst && first !== undefined)
      dispatch({ type: 'open', layoutId: first.id, content: first.content });
  }, [isFirst, layouts]);
  useEffect(() => {
    if (all !== null) dispatch({ type: 'cameras', ids: all.map(({ id }) => id) });
  }, [all, isFirst]);
  useEffect(() => {
    // Before the cameras are known nothing was decided that is worth keeping.
    if (all === null || isFirst || owner === undefined) return;
    writeWall(window.localStorage, thisWindow.id, state, owner);
  }, [all, isFirst, state, owner]);

  return useMemo(() => ({ state, dispatch, ...shownTiles(state, byId) }), [state, byId]);
}

/** A window of its own does not fill itself: it is opened for something. */
const FIRST_OF_WINDOW: WallState = { ...FIRST_WALL, kind: '2x2', layoutChosen: true, tilesArranged: true };

function firstOf(windowId: string): WallState {
  return windowId === 'main' ? FIRST_WALL : FIRST_OF_WINDOW;
}
