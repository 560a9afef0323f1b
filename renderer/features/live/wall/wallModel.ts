import type { LayoutContent, LayoutKind, TilePlace } from '../../../../contract/layouts';
import { MOST_TILES } from '../../../../contract/layouts';
import { hasRoom, roomForNew } from './arrangement';
import { FIXED_PLACES, samePlace } from './places';

type Cameras = readonly (string | null)[];

/** What a wall shows. Immutable. */
export interface WallState {
  readonly kind: LayoutKind;
  /**
   * Camera of each tile, null where it is empty; always 16 long. A layout with fewer tiles shows the first
   * of them, so that a larger one later finds the others where they were.
   */
  readonly cameras: Cameras;
  /** Places of the tiles of the free arrangement; empty until there was one. */
  readonly places: readonly TilePlace[];
  /** The operator chose the layout; until then it follows the number of cameras. */
  readonly layoutChosen: boolean;
  /** The operator filled or emptied a tile; until then cameras fill the free tiles by themselves. */
  readonly tilesArranged: boolean;
  /** The named layout that was opened or saved last. */
  readonly layoutId: string | null;
}

export const FIRST_WALL: WallState = {
  kind: '1',
  cameras: Array.from({ length: MOST_TILES }, () => null),
  places: [],
  layoutChosen: false,
  tilesArranged: false,
  layoutId: null,
};

export type WallAction =
  | { readonly type: 'kind'; readonly kind: LayoutKind }
  /** A camera that another tile shows changes places with what was here. */
  | { readonly type: 'assign'; readonly index: number; readonly cameraId: string }
  | { readonly type: 'swap'; readonly from: number; readonly to: number }
  | { readonly type: 'empty'; readonly index: number }
  /** The cameras that exist, in their order. */
  | { readonly type: 'cameras'; readonly ids: readonly string[] }
  | { readonly type: 'open'; readonly layoutId: string; readonly content: LayoutContent }
  /** What is shown has been saved under a name, or its name is gone. */
  | { readonly type: 'named'; readonly layoutId: string | null }
  /** Free arrangement: another tile, near a point in steps if one is given. */
  | {
      readonly type: 'add';
      readonly cameraId: string | null;
      readonly point: { readonly x: number; readonly y: number } | null;
    }
  /** Free arrangement: a tile lies elsewhere; nothing happens where there is no room. */
  | { readonly type: 'place'; readonly index: number; readonly place: TilePlace }
  /** Free arrangement: one tile less. */
  | { readonly type: 'discard'; readonly index: number };

/** Where the tiles lie that are shown. */
export function placesOf(state: WallState): readonly TilePlace[] {
  return state.kind === 'free' ? state.places : FIXED_PLACES[state.kind];
}

/** The cameras that are shown, by tile. */
export function shownOf(state: WallState): Cameras {
  return state.cameras.slice(0, placesOf(state).length);
}

export function reduceWall(state: WallState, action: WallAction): WallState {
  switch (action.type) {
    case 'kind':
      return withKind(state, action.kind);
    case 'assign':
      return assign(state, action.index, action.cameraId);
    case 'swap':
      return swap(state, action.from, action.to);
    case 'empty':
      return arranged(state, put(state.cameras, action.index, null));
    case 'cameras':
      return reconcile(state, action.ids);
    case 'open':
      return opened(state, action.layoutId, action.content);
    case 'named':
      return state.layoutId === action.layoutId ? state : { ...state, layoutId: action.layoutId };
    case 'add':
      return add(state, action.cameraId, action.point);
    case 'place':
      return place(state, action.index, action.place);
    case 'discard':
      return discard(state, action.index);
  }
}

function withKind(state: WallState, kind: LayoutKind): WallState {
  if (state.kind === kind) return state.layoutChosen ? state : { ...state, layoutChosen: true };
  // What was only taken over from another layout and never changed is not worth keeping.
  const untouched = Object.values(FIXED_PLACES).some((places) => samePlaces(places, state.places));
  const kept = state.kind === 'free' && untouched ? [] : state.places;
  const places = kind === 'free' && kept.length === 0 ? placesOf(state) : kept;
  const next = { ...state, kind, places, layoutChosen: true };
  return { ...next, cameras: pulledUp(state.cameras, placesOf(next).length) };
}

/** Cameras that would be hidden take the tiles that would be empty, in their order. */
function pulledUp(cameras: Cameras, count: number): Cameras {
  const shown = cameras.slice(0, count);
  const hidden = cameras.slice(count);
  const waiting = hidden.filter((id) => id !== null);
  const moved = new Set<string | null>();
  const filled = shown.map((id) => {
    const next = id ?? waiting.shift() ?? null;
    if (id === null && next !== null) moved.add(next);
    return next;
  });
  return [...filled, ...hidden.map((id) => (moved.has(id) ? null : id))];
}

function assign(state: WallState, index: number, cameraId: string): WallState {
  const from = state.cameras.indexOf(cameraId);
  if (from >= 0) return from === index ? arranged(state, state.cameras) : swap(state, from, index);
  return arranged(state, put(state.cameras, index, cameraId));
}

function swap(state: WallState, from: number, to: number): WallState {
  if (from === to) return state;
  const { cameras } = state;
  const [one, other] = [cameras[from] ?? null, cameras[to] ?? null];
  return arranged(state, put(put(cameras, from, other), to, one));
}

/** Empties tiles of cameras that are gone, and fills free ones as long as nobody arranged them. */
function reconcile(state: WallState, ids: readonly string[]): WallState {
  const known = new Set(ids);
  let cameras: Cameras = state.cameras.map((id) => (id !== null && known.has(id) ? id : null));
  if (!state.tilesArranged) {
    const waiting = ids.filter((id) => !cameras.includes(id));
    cameras = cameras.map((id) => id ?? waiting.shift() ?? null);
  }
  const kind = state.layoutChosen ? state.kind : ids.length > 1 ? '2x2' : '1';
  const same = kind === state.kind && cameras.every((id, index) => id === state.cameras[index]);
  return same ? state : { ...state, kind, cameras };
}

function opened(state: WallState, layoutId: string, { kind, tiles }: LayoutContent): WallState {
  const places = tiles.map(({ place: at }) => at).filter((at) => at !== null);
  return {
    kind,
    cameras: FIRST_WALL.cameras.map((_none, index) => tiles[index]?.device_id ?? null),
    places: kind === 'free' ? places : state.places,
    layoutChosen: true,
    tilesArranged: true,
    layoutId,
  };
}

function add(state: WallState, cameraId: string | null, point: { x: number; y: number } | null): WallState {
  const room = state.places.length < MOST_TILES ? roomForNew(state.places, point) : null;
  if (state.kind !== 'free' || room === null) return state;
  const index = state.places.length;
  const next = { ...state, places: [...state.places, room] };
  // A camera that waited here unseen makes way: the new tile is empty or shows what was asked for.
  const cleared = arranged(next, put(next.cameras, index, null));
  return cameraId === null ? cleared : assign(cleared, index, cameraId);
}

function place(state: WallState, index: number, wanted: TilePlace): WallState {
  const at = state.places[index];
  if (state.kind !== 'free' || at === undefined || samePlace(at, wanted)) return state;
  if (!hasRoom(state.places, wanted, index)) return state;
  const places = state.places.map((before, other) => (other === index ? wanted : before));
  return { ...state, places };
}

function discard(state: WallState, index: number): WallState {
  if (state.kind !== 'free' || state.places[index] === undefined) return state;
  const without = <T>(list: readonly T[]) => list.filter((_item, at) => at !== index);
  return arranged({ ...state, places: without(state.places) }, [...without(state.cameras), null]);
}

const arranged = (state: WallState, cameras: Cameras): WallState => ({
  ...state,
  cameras,
  tilesArranged: true,
});

function put(cameras: Cameras, index: number, id: string | null): Cameras {
  return cameras.map((before, at) => (at === index ? id : before));
}

function samePlaces(a: readonly TilePlace[], b: readonly TilePlace[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What is shown, as it is kept under a name. */
export function contentOf(state: WallState): LayoutContent {
  const places = placesOf(state);
  return {
    kind: state.kind,
    tiles: shownOf(state).map((device_id, index) => ({
      device_id,
      place: state.kind === 'free' ? (places[index] ?? null) : null,
    })),
  };
}

/** Whether what is shown is what the named layout holds. */
export function sameContent(a: LayoutContent, b: LayoutContent): boolean {
  const samePlaceOrNone = (one: TilePlace | null, other: TilePlace | null) =>
    one === null || other === null ? one === other : samePlace(one, other);
  return (
    a.kind === b.kind &&
    a.tiles.length === b.tiles.length &&
    a.tiles.every((tile, index) => {
      const other = b.tiles[index];
      return (
        other !== undefined && tile.device_id === other.device_id && samePlaceOrNone(tile.place, other.place)
      );
    })
  );
}
