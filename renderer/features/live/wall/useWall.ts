import type { Dispatch } from 'react';
import { useEffect, useMemo, useReducer } from 'react';
import type { Device, Layout, TilePlace } from '../../../../contract';
import { useDevices } from '../../../data/DevicesProvider';
import { thisWindow } from './thisWindow';
import type { WallAction, WallState } from './wallModel';
import { FIRST_WALL, placesOf, reduceWall, shownOf } from './wallModel';
import { readWall, writeWall } from './wallStorage';

export interface WallInUse {
  readonly state: WallState;
  readonly dispatch: Dispatch<WallAction>;
  readonly places: readonly TilePlace[];
  /** By tile; null where it is empty. */
  readonly devices: readonly (Device | null)[];
  /** Tile of each camera that is shown, from 0. */
  readonly tileOf: ReadonlyMap<string, number>;
}

/** What this window shows, kept for its next start. */
export function useWall(layouts: readonly Layout[] | null): WallInUse {
  const { devices: all, byId } = useDevices();
  const [state, dispatch] = useReducer(
    reduceWall,
    null,
    () => readWall(window.localStorage, thisWindow.id) ?? firstOf(thisWindow.id),
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
    if (all !== null && !isFirst) writeWall(window.localStorage, thisWindow.id, state);
  }, [all, isFirst, state]);

  return useMemo(() => {
    const shown = shownOf(state);
    return {
      ...{ state, dispatch, places: placesOf(state) },
      devices: shown.map((id) => (id === null ? null : (byId.get(id) ?? null))),
      tileOf: new Map(shown.flatMap((id, index) => (id === null ? [] : [[id, index] as const]))),
    };
  }, [state, byId]);
}

/** A window of its own does not fill itself: it is opened for something. */
const FIRST_OF_WINDOW: WallState = { ...FIRST_WALL, kind: '2x2', layoutChosen: true, tilesArranged: true };

function firstOf(windowId: string): WallState {
  return windowId === 'main' ? FIRST_WALL : FIRST_OF_WINDOW;
}
