import { z } from 'zod';
import { command, query, subscription } from './channel';
import { instant, nothing, text, uuid } from './common';

/** Steps of the fine grid that a wall is divided into, in each direction. */
export const WALL_STEPS = 48;
/** The least width and height of a tile of a free arrangement, in steps. */
export const LEAST_STEPS = 8;
/** Tiles that decode at once at most, in any layout. */
export const MOST_TILES = 16;
/** Named layouts that are kept at most. */
export const MOST_LAYOUTS = 200;

/** Place of a tile on the fine grid; `x` and `y` are its left upper corner. */
export const tilePlace = z
  .object({
    x: z.number().int().min(0),
    y: z.number().int().min(0),
    w: z.number().int().min(LEAST_STEPS),
    h: z.number().int().min(LEAST_STEPS),
  })
  .refine(({ x, y, w, h }) => x + w <= WALL_STEPS && y + h <= WALL_STEPS, 'A tile lies outside the wall.');
export type TilePlace = z.infer<typeof tilePlace>;

/** How many tiles the layouts with fixed places have. */
export const FIXED_TILES = { '1': 1, '2x2': 4, '3x3': 9, '4x4': 16, '1+5': 6, '1+7': 8 } as const;
export type FixedKind = keyof typeof FIXED_TILES;

export const layoutKind = z.enum(['1', '2x2', '3x3', '4x4', '1+5', '1+7', 'free']);
export type LayoutKind = z.infer<typeof layoutKind>;

/** Whether two tiles cover a step of the grid both. */
export function overlap(a: TilePlace, b: TilePlace): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

export const layoutTile = z.object({
  /** Null where the tile is empty. */
  device_id: uuid.nullable(),
  /** Of a free arrangement only; null in the layouts with fixed places. */
  place: tilePlace.nullable(),
});

/** What a layout shows: a kind and its tiles, the first being the upper left or the large one. */
export const layoutContent = z
  .object({ kind: layoutKind, tiles: z.array(layoutTile).max(MOST_TILES, 'A layout has at most 16 tiles.') })
  .superRefine(({ kind, tiles }, context) => {
    const cameras = tiles.map(({ device_id }) => device_id).filter((id) => id !== null);
    if (new Set(cameras).size < cameras.length)
      context.addIssue('A camera stands twice in the layout. Take it out of one tile.');
    if (kind === 'free') {
      const places = tiles.map(({ place }) => place).filter((place) => place !== null);
      if (places.length < tiles.length) context.addIssue('Each tile of a free arrangement needs a place.');
      if (places.some((place, at) => places.slice(at + 1).some((other) => overlap(place, other))))
        context.addIssue('Two tiles of the layout cover each other. Move one of them.');
    } else {
      const count = FIXED_TILES[kind];
      if (tiles.length !== count) context.addIssue(`Layout ${kind} has ${String(count)} tiles.`);
      if (tiles.some(({ place }) => place !== null))
        context.addIssue('Only tiles of a free arrangement have places.');
    }
  });
export type LayoutContent = z.infer<typeof layoutContent>;

export const layout = z.object({
  id: uuid,
  name: z.string(),
  content: layoutContent,
  created_at: instant,
  updated_at: instant,
});
export type Layout = z.infer<typeof layout>;

const name = text(80).min(1, 'Give the layout a name.');

export const layoutChannels = {
  /** A number that changes when the named layouts or their order did; sent at once and on each change. */
  'layouts.revision': subscription(nothing, z.object({ revision: z.number().int() })),
  /** In the operator's order. Tiles of deleted cameras are empty. */
  'layouts.list': query(nothing, z.object({ layouts: z.array(layout) })),
  /** Put behind the others. 409 when the name is taken. */
  'layouts.create': command(z.object({ name, content: layoutContent }), layout),
  /** Absent fields stay as they are. */
  'layouts.update': command(
    z.object({ id: uuid, name: name.optional(), content: layoutContent.optional() }),
    layout,
  ),
  'layouts.delete': command(z.object({ id: uuid }), nothing),
  /** All of them in their new order; 409 when others exist by now. */
  'layouts.reorder': command(z.object({ ids: z.array(uuid).max(MOST_LAYOUTS) }), nothing),
} as const;
