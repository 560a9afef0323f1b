import type { Dispatch } from 'react';
import { useDevices } from '../../data/DevicesProvider';
import { EmptyTile } from './EmptyTile';
import type { TileCommand } from './tile/Tile';
import { Tile } from './tile/Tile';

export interface TileSlotProps {
  readonly index: number;
  readonly cameraId: string | null;
  readonly isFull: boolean;
  readonly isCovered: boolean;
  readonly isSelected: boolean;
  readonly onCommand: Dispatch<TileCommand>;
}

/** A place in the grid, with a camera or without. */
export function TileSlot({ cameraId, ...rest }: TileSlotProps) {
  const { byId } = useDevices();
  const device = cameraId === null ? undefined : byId.get(cameraId);
  if (device === undefined)
    return (
      <EmptyTile index={rest.index} isCovered={rest.isCovered} onChoose={() => rest.onCommand('choose')} />
    );
  // Another camera is another tile: nothing of the old one may stay.
  return <Tile key={device.id} device={device} {...rest} />;
}
