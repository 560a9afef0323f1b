import type { DragEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import type { DragPreviewRenderer } from 'react-aria/useDrag';
import { DragPreview, useDrag } from 'react-aria/useDrag';
import { useDrop } from 'react-aria/useDrop';
import type { Device } from '../../../../contract';
import type { TilePlace } from '../../../../contract/layouts';
import { WALL_STEPS } from '../../../../contract/layouts';
import { t } from '../../../strings';
import { EmptyTile } from '../EmptyTile';
import type { TileCommand } from '../tile/Tile';
import { Tile } from '../tile/Tile';
import { CAMERA_TYPE, droppedOf, TILE_TYPE } from './dragTypes';

export interface WallSlotProps {
  readonly index: number;
  readonly place: TilePlace;
  /** Null where the tile is empty. */
  readonly device: Device | null;
  readonly isFull: boolean;
  readonly isCovered: boolean;
  readonly isSelected: boolean;
  /** Free arrangement is being changed: the tile itself takes no input. */
  readonly isArranging: boolean;
  readonly onCommand: (index: number, command: TileCommand) => void;
  readonly onAssign: (index: number, cameraId: string) => void;
  readonly onSwap: (from: number, to: number) => void;
}

const percent = (steps: number) => `${String((steps / WALL_STEPS) * 100)}%`;

/** Where a tile lies; it can be dragged onto another one, and cameras and tiles can be dropped on it. */
export function WallSlot(props: WallSlotProps) {
  const { index, place, device, isFull, isCovered, isSelected, isArranging } = props;
  const root = useRef<HTMLDivElement>(null);
  const preview = useRef<DragPreviewRenderer>(null);
  /** Where the pointer went down something else is dragged, such as a magnified picture. */
  const isHeldBack = useRef(false);

  const { dragProps } = useDrag({
    hasDragButton: true,
    isDisabled: device === null || isFull || isArranging,
    preview,
    getItems: () => [{ [TILE_TYPE]: String(index), 'text/plain': device?.name ?? '' }],
    getAllowedDropOperations: () => ['move'],
  });
  const { dropProps, isDropTarget } = useDrop({
    ref: root,
    isDisabled: isFull || isCovered || isArranging,
    getDropOperation: (types, allowed) => {
      if (!types.has(TILE_TYPE) && !types.has(CAMERA_TYPE)) return 'cancel';
      return allowed[0] ?? 'cancel';
    },
    onDrop: ({ items }) =>
      void droppedOf(items).then((dropped) => {
        if (dropped === null) return;
        if ('tile' in dropped) props.onSwap(dropped.tile, index);
        else props.onAssign(index, dropped.cameraId);
      }),
  });

  const onPointerDownCapture = (event: PointerEvent<HTMLDivElement>) => {
    const { target } = event;
    isHeldBack.current =
      target instanceof Element &&
      target.closest('.tile[data-zoomed] .tile-picture, button, input, a') !== null;
  };
  const onDragStart = (event: DragEvent<HTMLDivElement>) => {
    if (isHeldBack.current) event.preventDefault();
    else dragProps.onDragStart?.(event);
  };

  return (
    <div
      {...dragProps}
      {...(dropProps as Partial<typeof dragProps>)}
      ref={root}
      className="wall-slot"
      role="group"
      aria-label={t('wall.dropHere', { number: index + 1 })}
      // Reached by dragging with the keyboard only; the tile inside has the tab stop.
      tabIndex={-1}
      data-index={index}
      data-drop-target={isDropTarget ? 'true' : undefined}
      inert={isArranging}
      onPointerDownCapture={onPointerDownCapture}
      onDragStart={onDragStart}
      style={{
        ...{
          left: percent(place.x),
          top: percent(place.y),
          width: percent(place.w),
          height: percent(place.h),
        },
      }}
    >
      {device === null ? (
        <EmptyTile
          index={index}
          isCovered={isCovered}
          isSelected={isSelected}
          onChoose={() => props.onCommand(index, 'choose')}
        />
      ) : (
        <Tile
          index={index}
          device={device}
          isFull={isFull}
          isCovered={isCovered}
          isSelected={isSelected}
          onCommand={(command) => props.onCommand(index, command)}
        />
      )}
      <DragPreview ref={preview}>
        {() => <div className="wall-drag-preview">{device?.name ?? ''}</div>}
      </DragPreview>
    </div>
  );
}
