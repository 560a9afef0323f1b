import type { ReactNode } from 'react';
import { useRef } from 'react';
import { t } from '../../../strings';
import { CameraIcon } from '../../../ui/icons';
import { readingOrder } from '../../live/wall/places';
import { useTabOrder } from '../../live/wall/useTabOrder';
import type { PlaybackClock } from '../clock/PlaybackClock';
import type { TilePlayer } from '../player/TilePlayer';
import { PlaybackSlot } from './PlaybackSlot';
import { PlaybackTile } from './PlaybackTile';
import type { PlaybackWall as Tiles } from './usePlaybackWall';

export interface PlaybackWallProps {
  readonly wall: Tiles;
  readonly clock: PlaybackClock;
  readonly selected: number | null;
  readonly full: number | null;
  readonly onSelect: (index: number) => void;
  readonly onFull: (index: number | null) => void;
  readonly onPlayer: (cameraId: string, player: TilePlayer | null) => void;
  readonly onJump: (at: number) => void;
  readonly onMotion: (cameraId: string) => void;
  /** The camera whose tile carries the overlay. */
  readonly motionId: string | null;
  /** Lies over its picture. @param ratio width by height of the picture */
  readonly overlay: (ratio: number) => ReactNode;
}

/** The tiles that play. Their elements keep one order, because one that is moved stops playing. */
export function PlaybackWall({
  wall,
  clock,
  selected,
  full,
  onSelect,
  onFull,
  onPlayer,
  onJump,
  onMotion,
  motionId,
  overlay,
}: PlaybackWallProps) {
  const root = useRef<HTMLDivElement>(null);
  const { places, devices, dispatch } = wall;
  useTabOrder(root, readingOrder(places));
  const tiles = places
    .map((place, index) => ({ place, index, device: devices[index] ?? null }))
    .map((tile) => ({ ...tile, key: tile.device?.id ?? `empty ${String(tile.index)}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return (
    <div
      ref={root}
      className="wall playback-wall"
      data-testid="playback-wall"
      role="group"
      aria-label={t('screen.playback')}
    >
      {tiles.map(({ place, index, device, key }) => (
        <PlaybackSlot
          key={key}
          index={index}
          place={place}
          isFull={full === index}
          isCovered={full !== null && full !== index}
          onAssign={(cameraId) => dispatch({ type: 'assign', index, cameraId })}
          onSelect={() => onSelect(index)}
        >
          {device === null ? (
            <div
              className="tile playback-empty"
              role="group"
              tabIndex={0}
              aria-label={t('playback.emptyTile', { number: index + 1 })}
              data-selected={selected === index ? 'true' : undefined}
            >
              <CameraIcon size={28} />
              <p>{t('playback.emptyTileText')}</p>
            </div>
          ) : (
            <PlaybackTile
              index={index}
              device={device}
              clock={clock}
              isSelected={selected === index}
              onPlayer={onPlayer}
              onJump={onJump}
              onMotion={() => onMotion(device.id)}
              overlay={device.id === motionId ? overlay : null}
              onRemove={() => dispatch({ type: 'empty', index })}
              onFull={() => onFull(full === index ? null : index)}
            />
          )}
        </PlaybackSlot>
      ))}
    </div>
  );
}
