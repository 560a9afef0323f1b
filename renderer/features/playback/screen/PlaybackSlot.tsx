import type { ReactNode } from 'react';
import { useRef } from 'react';
import { useDrop } from 'react-aria/useDrop';
import type { TilePlace } from '../../../../contract';
import { WALL_STEPS } from '../../../../contract/layouts';
import { CAMERA_TYPE, droppedOf } from '../../live/wall/dragTypes';

export interface PlaybackSlotProps {
  readonly index: number;
  readonly place: TilePlace;
  readonly isFull: boolean;
  readonly isCovered: boolean;
  readonly onAssign: (cameraId: string) => void;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

const percent = (steps: number) => `${String((steps / WALL_STEPS) * 100)}%`;

/** Where a tile lies; a camera can be dropped on it. */
export function PlaybackSlot({
  index,
  place,
  isFull,
  isCovered,
  onAssign,
  onSelect,
  children,
}: PlaybackSlotProps) {
  const root = useRef<HTMLDivElement>(null);
  const { dropProps, isDropTarget } = useDrop({
    ref: root,
    getDropOperation: (types, allowed) => (types.has(CAMERA_TYPE) ? (allowed[0] ?? 'cancel') : 'cancel'),
    onDrop: ({ items }) =>
      void droppedOf(items).then((dropped) => {
        if (dropped !== null && 'cameraId' in dropped) onAssign(dropped.cameraId);
      }),
  });
  return (
    <div
      {...(dropProps as object)}
      ref={root}
      className="wall-slot"
      data-index={index}
      data-drop-target={isDropTarget ? 'true' : undefined}
      inert={isCovered}
      hidden={isCovered}
      onFocus={onSelect}
      onPointerDown={onSelect}
      style={
        isFull
          ? { left: 0, top: 0, width: '100%', height: '100%' }
          : {
              left: percent(place.x),
              top: percent(place.y),
              width: percent(place.w),
              height: percent(place.h),
            }
      }
    >
      {children}
    </div>
  );
}
