/** The arrangement of the Live screen. */
export type LayoutId = '1' | '2x2';

export const TILES = 4;

export const TILES_OF: Readonly<Record<LayoutId, number>> = { '1': 1, '2x2': 4 };

/** Tiles side by side, for the arrow keys. */
export const COLUMNS_OF: Readonly<Record<LayoutId, number>> = { '1': 1, '2x2': 2 };

export interface LiveLayout {
  readonly layout: LayoutId;
  /** Camera of each tile, null where it is empty. Layout 1 shows the first. Always `TILES` long. */
  readonly tiles: readonly (string | null)[];
  /** The operator chose the layout; until then it follows the number of cameras. */
  readonly layoutChosen: boolean;
  /** The operator filled or emptied a tile; until then cameras fill the free tiles by themselves. */
  readonly tilesArranged: boolean;
}

export const FIRST_LAYOUT: LiveLayout = {
  layout: '1',
  tiles: [null, null, null, null],
  layoutChosen: false,
  tilesArranged: false,
};

export type LayoutAction =
  | { readonly type: 'layout'; readonly layout: LayoutId }
  | { readonly type: 'assign'; readonly index: number; readonly cameraId: string }
  | { readonly type: 'remove'; readonly index: number }
  /** The cameras that exist, in their order. */
  | { readonly type: 'cameras'; readonly ids: readonly string[] };

export function reduceLayout(state: LiveLayout, action: LayoutAction): LiveLayout {
  switch (action.type) {
    case 'layout':
      if (state.layout === action.layout && state.layoutChosen) return state;
      return { ...state, layout: action.layout, layoutChosen: true };
    case 'assign':
      return assign(state, action.index, action.cameraId);
    case 'remove':
      return { ...state, tiles: put(state.tiles, action.index, null), tilesArranged: true };
    case 'cameras':
      return reconcile(state, action.ids);
  }
}

/** A camera that another tile shows changes places with what was here. */
function assign(state: LiveLayout, index: number, cameraId: string): LiveLayout {
  const from = state.tiles.indexOf(cameraId);
  const here = state.tiles[index] ?? null;
  const moved = from < 0 || from === index ? state.tiles : put(state.tiles, from, here);
  return { ...state, tiles: put(moved, index, cameraId), tilesArranged: true };
}

/** Empties tiles of cameras that are gone, and fills free ones as long as nobody arranged them. */
function reconcile(state: LiveLayout, ids: readonly string[]): LiveLayout {
  const known = new Set(ids);
  let tiles = state.tiles.map((id) => (id !== null && known.has(id) ? id : null));
  if (!state.tilesArranged) {
    const waiting = ids.filter((id) => !tiles.includes(id));
    tiles = tiles.map((id) => id ?? waiting.shift() ?? null);
  }
  const layout = state.layoutChosen ? state.layout : ids.length > 1 ? '2x2' : '1';
  const same = layout === state.layout && tiles.every((id, index) => id === state.tiles[index]);
  return same ? state : { ...state, layout, tiles };
}

function put(tiles: LiveLayout['tiles'], index: number, id: string | null): LiveLayout['tiles'] {
  return tiles.map((before, at) => (at === index ? id : before));
}

/** The tile that an arrow key leads to; the same one at the edge. */
export function neighbour(layout: LayoutId, index: number, key: string): number {
  const columns = COLUMNS_OF[layout];
  const column = index % columns;
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: column > 0 ? -1 : 0,
    ArrowRight: column < columns - 1 ? 1 : 0,
    ArrowUp: -columns,
    ArrowDown: columns,
  };
  const target = index + (steps[key] ?? 0);
  return target >= 0 && target < TILES_OF[layout] ? target : index;
}
