import type { Layout, LayoutContent } from '../../contract/layouts';
import { VasError } from '../base/errors';

/** Whether whoever asks may know of a camera. */
type Knows = (cameraId: string) => boolean;
type Tile = LayoutContent['tiles'][number];

/** For who may not see every camera: tiles of the others are empty. */
export function withoutHidden(layout: Layout, knows: Knows): Layout {
  const tiles = layout.content.tiles.map((tile) =>
    isHidden(tile, knows) ? { ...tile, device_id: null } : tile,
  );
  return { ...layout, content: { ...layout.content, tiles } };
}

/**
 * What becomes of a layout that somebody saves who does not know all of its cameras: tiles that are empty only to
 * them keep their camera, so that nothing is lost to others.
 * @throws VasError forbidden {code: 'hidden_cameras'} when such a tile was moved, filled or taken away
 */
export function keepingHidden(stored: LayoutContent, sent: LayoutContent, knows: Knows): LayoutContent {
  const tiles = [...sent.tiles];
  stored.tiles.forEach((tile, index) => {
    if (!isHidden(tile, knows) || tiles.some(({ device_id }) => device_id === tile.device_id)) return;
    const at =
      stored.kind !== sent.kind
        ? -1
        : stored.kind === 'free'
          ? tiles.findIndex(({ place }) => isSame(place, tile.place))
          : index;
    if (tiles[at]?.device_id !== null)
      throw refusal(
        'This layout also shows cameras that you may not watch, and they would be lost. Leave their tiles empty and where they are, or save it as a new layout.',
      );
    tiles[at] = tile;
  });
  return { ...sent, tiles };
}

/** @throws VasError forbidden {code: 'hidden_cameras'} */
export function refuseHidden({ tiles }: LayoutContent, knows: Knows): void {
  if (tiles.some((tile) => isHidden(tile, knows)))
    throw refusal(
      'This layout also shows cameras that you may not watch, so you may not delete it. Ask an administrator.',
    );
}

const isHidden = ({ device_id: id }: Tile, knows: Knows): boolean => id !== null && !knows(id);

const isSame = (one: Tile['place'], other: Tile['place']): boolean =>
  one !== null &&
  other !== null &&
  (['x', 'y', 'w', 'h'] as const).every((side) => one[side] === other[side]);

const refusal = (message: string): VasError =>
  new VasError('forbidden', message, { details: { code: 'hidden_cameras' } });
