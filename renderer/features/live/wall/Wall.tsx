import type { FocusEvent } from 'react';
import { useRef } from 'react';
import { useDrop } from 'react-aria/useDrop';
import type { Device, TilePlace } from '../../../../contract';
import { WALL_STEPS } from '../../../../contract/layouts';
import { useActions } from '../../../keys/useAction';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { PlusIcon } from '../../../ui/icons';
import { ArrangeIcon } from '../../../ui/wallIcons';
import type { TileCommand } from '../tile/Tile';
import { ArrangeLayer } from './ArrangeLayer';
import { CAMERA_TYPE, droppedOf } from './dragTypes';
import type { Direction } from './places';
import { neighbour, readingOrder } from './places';
import { useTabOrder } from './useTabOrder';
import { WallSlot } from './WallSlot';

export interface WallProps {
  readonly kind: string;
  readonly places: readonly TilePlace[];
  /** By tile; null where it is empty or its camera is gone. */
  readonly devices: readonly (Device | null)[];
  readonly full: number | null;
  readonly selected: number | null;
  readonly isArranging: boolean;
  readonly onSelect: (index: number) => void;
  readonly onCommand: (index: number, command: TileCommand) => void;
  readonly onAssign: (index: number, cameraId: string) => void;
  readonly onSwap: (from: number, to: number) => void;
  /** Free arrangement: a camera was dropped beside the tiles, or an empty tile is wanted. */
  readonly onAdd: (cameraId: string | null, point: { x: number; y: number } | null) => void;
  readonly onPlace: (index: number, place: TilePlace) => void;
  readonly onDiscard: (index: number) => void;
  readonly onArranged: () => void;
}

/**
 * The tiles of a window. Their elements stay in one order whatever is shown where (only their places
 * change), because an element that is moved in the document stops playing.
 */
export function Wall(props: WallProps) {
  const { places, devices, full, selected, isArranging } = props;
  const root = useRef<HTMLDivElement>(null);
  const isFree = props.kind === 'free';
  const order = readingOrder(places);
  const tiles = places
    .map((place, index) => ({ place, index, device: devices[index] ?? null }))
    .map((tile) => ({ ...tile, key: tile.device?.id ?? `empty ${String(tile.index)}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));

  const { dropProps, isDropTarget } = useDrop({
    ref: root,
    isDisabled: !isFree || isArranging || full !== null,
    getDropOperation: (types, allowed) => (types.has(CAMERA_TYPE) ? (allowed[0] ?? 'cancel') : 'cancel'),
    onDrop: ({ items, x, y }) => {
      const area = root.current?.getBoundingClientRect();
      const at = (far: number, length: number | undefined) => (far / (length ?? 1)) * WALL_STEPS;
      const point = { x: at(x, area?.width), y: at(y, area?.height) };
      void droppedOf(items).then((dropped) => {
        if (dropped !== null && 'cameraId' in dropped) props.onAdd(dropped.cameraId, point);
      });
    },
  });

  useTabOrder(root, order);

  const tileAt = (index: number) =>
    root.current?.querySelector<HTMLElement>(`[data-index="${String(index)}"] > .tile`) ?? null;
  /** After the drop has been shown: its tile is the selected one. */
  const focusSoon = (index: number) => requestAnimationFrame(() => tileAt(index)?.focus());
  const onAssign = (index: number, cameraId: string) => {
    props.onAssign(index, cameraId);
    focusSoon(index);
  };
  const onSwap = (from: number, to: number) => {
    props.onSwap(from, to);
    focusSoon(to);
  };
  /** The tile that has the focus itself, not one of its controls. */
  const focused = () => {
    const { activeElement } = document;
    const slot = activeElement?.classList.contains('tile') === true ? activeElement.parentElement : null;
    return slot?.dataset['index'] === undefined ? null : Number(slot.dataset['index']);
  };
  const go = (direction: Direction) => {
    const from = focused();
    if (from === null) {
      // Whoever has come to the screen by key is nowhere yet.
      if (document.activeElement !== null && document.activeElement !== document.body) return false;
      tileAt(selected ?? order[0] ?? 0)?.focus();
      return true;
    }
    tileAt(neighbour(places, from, direction))?.focus();
    return true;
  };
  const swap = (direction: Direction) => {
    const from = focused();
    if (from === null || devices[from] == null) return false;
    const to = neighbour(places, from, direction);
    // The camera keeps its element and with it the focus.
    if (to !== from) props.onSwap(from, to);
    props.onSelect(to);
    return true;
  };
  const isUsed = full === null && !isArranging;
  useActions(
    {
      'live.focus-left': () => go('left'),
      'live.focus-right': () => go('right'),
      'live.focus-up': () => go('up'),
      'live.focus-down': () => go('down'),
    },
    { enabled: isUsed },
  );
  useActions(
    {
      'live.swap-left': () => swap('left'),
      'live.swap-right': () => swap('right'),
      'live.swap-up': () => swap('up'),
      'live.swap-down': () => swap('down'),
    },
    { within: root, enabled: isUsed },
  );
  const onFocus = (event: FocusEvent<HTMLDivElement>) => {
    const slot = event.target.closest<HTMLElement>('.wall-slot');
    if (slot !== null) props.onSelect(Number(slot.dataset['index']));
  };

  return (
    <div
      {...(dropProps as object)}
      ref={root}
      className="wall"
      data-testid="live-grid"
      data-kind={props.kind}
      data-arranging={isArranging ? 'true' : undefined}
      data-drop-target={isDropTarget ? 'true' : undefined}
      role="group"
      aria-label={t('wall.label')}
      tabIndex={-1}
      onFocus={onFocus}
    >
      {tiles.map(({ place, index, device, key }) => (
        <WallSlot
          key={key}
          index={index}
          place={place}
          device={device}
          isFull={full === index}
          isCovered={full !== null && full !== index}
          isSelected={selected === index}
          isArranging={isArranging}
          onCommand={props.onCommand}
          onAssign={onAssign}
          onSwap={onSwap}
        />
      ))}
      {places.length > 0 ? null : (
        <EmptyState
          icon={ArrangeIcon}
          title={t('wall.noTiles')}
          text={t('wall.noTilesText')}
          action={
            <Button look="primary" onPress={() => props.onAdd(null, null)}>
              <PlusIcon size={16} />
              {t('wall.addTile')}
            </Button>
          }
        />
      )}
      {isArranging ? (
        <ArrangeLayer
          places={places}
          names={devices.map((device) => device?.name ?? null)}
          start={selected ?? 0}
          onPlace={props.onPlace}
          onDiscard={props.onDiscard}
          onDone={() => {
            props.onArranged();
            focusSoon(selected ?? 0);
          }}
        />
      ) : null}
    </div>
  );
}
