import type { DropItem } from 'react-aria/useDrop';

/** What is dragged: a camera of the list, by its id. */
export const CAMERA_TYPE = 'application/x-vas-camera';
/** What is dragged: the camera of a tile, by the number of the tile from 0. */
export const TILE_TYPE = 'application/x-vas-tile';

/** What was dropped; null when it is nothing of ours. */
export async function droppedOf(
  items: readonly DropItem[],
): Promise<{ readonly cameraId: string } | { readonly tile: number } | null> {
  for (const item of items) {
    if (item.kind !== 'text') continue;
    if (item.types.has(TILE_TYPE)) return { tile: Number(await item.getText(TILE_TYPE)) };
    if (item.types.has(CAMERA_TYPE)) return { cameraId: await item.getText(CAMERA_TYPE) };
  }
  return null;
}
