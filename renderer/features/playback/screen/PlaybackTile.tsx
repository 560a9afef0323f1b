import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { Device } from '../../../../contract';
import { t } from '../../../strings';
import { Busy } from '../../../ui/Busy';
import { Button } from '../../../ui/Button';
import { CloseIcon, SearchIcon } from '../../../ui/icons';
import { IconButton } from '../../../ui/IconButton';
import { momentText } from '../../../ui/timeText';
import { useZoom } from '../../live/tile/useZoom';
import { transformOf } from '../../live/tile/zoom';
import { ZoomMark } from '../../live/tile/ZoomMark';
import type { PlaybackClock } from '../clock/PlaybackClock';
import { TilePlayer } from '../player/TilePlayer';
import type { TileState } from '../player/tileState';

export interface PlaybackTileProps {
  readonly index: number;
  readonly device: Device;
  readonly clock: PlaybackClock;
  readonly isSelected: boolean;
  readonly onPlayer: (cameraId: string, player: TilePlayer | null) => void;
  readonly onJump: (at: number) => void;
  readonly onRemove: () => void;
  readonly onFull: () => void;
  readonly onMotion: () => void;
  /** Lies over the picture; null: nothing does. */
  readonly overlay: ((ratio: number) => ReactNode) | null;
}

/** The recordings of one camera in a tile. */
export function PlaybackTile(props: PlaybackTileProps) {
  const { index, device, clock, isSelected, onPlayer } = props;
  const picture = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<TileState>({ kind: 'loading' });
  const zoom = useZoom(picture);
  const size = device.main_info?.video;
  const [ratio, setRatio] = useState(size === undefined ? 16 / 9 : size.width / size.height);
  const { id } = device;

  useEffect(() => {
    if (video.current === null || canvas.current === null) return;
    const player = new TilePlayer({
      cameraId: id,
      clock,
      video: video.current,
      canvas: canvas.current,
      onState: setState,
    });
    onPlayer(id, player);
    return () => {
      onPlayer(id, null);
      player.stop();
    };
  }, [id, clock, onPlayer]);

  return (
    <div
      className="tile playback-tile"
      data-testid="playback-tile"
      data-camera-id={id}
      data-state={state.kind}
      data-selected={isSelected ? 'true' : undefined}
      data-zoomed={zoom.isZoomed ? 'true' : undefined}
      role="group"
      aria-label={t('playback.tile', { number: index + 1, name: device.name })}
      tabIndex={0}
      onDoubleClick={props.onFull}
    >
      <div className="tile-bar">
        <span className="tile-name">{device.name}</span>
        {device.location === null ? null : <span className="tile-location">{device.location}</span>}
        <span className="tile-space" />
        <IconButton
          label={t('motion.open')}
          className="tile-tool"
          aria-pressed={props.overlay !== null}
          onPress={props.onMotion}
        >
          <SearchIcon size={16} />
        </IconButton>
        <IconButton label={t('playback.removeTile')} className="tile-tool" onPress={props.onRemove}>
          <CloseIcon size={16} />
        </IconButton>
      </div>
      <div ref={picture} className="tile-picture playback-picture" onPointerDown={zoom.onPointerDown}>
        <div className="playback-media" style={{ transform: transformOf(zoom.zoom) }}>
          <video
            ref={video}
            className="playback-video"
            data-testid="playback-video"
            muted
            playsInline
            onLoadedMetadata={({ currentTarget: { videoWidth, videoHeight } }) => {
              if (videoWidth > 0 && videoHeight > 0) setRatio(videoWidth / videoHeight);
            }}
          />
          <canvas ref={canvas} className="playback-keys" data-testid="playback-keys" hidden />
          {props.overlay?.(ratio)}
        </div>
        {zoom.isZoomed ? <ZoomMark zoom={zoom} /> : null}
        <TileCover state={state} onJump={props.onJump} />
      </div>
    </div>
  );
}

/** What stands where there is no picture. */
function TileCover({ state, onJump }: { readonly state: TileState; readonly onJump: (at: number) => void }) {
  switch (state.kind) {
    case 'picture':
      return null;
    case 'loading':
      return (
        <div className="playback-cover playback-cover-loading" data-testid="playback-cover">
          <Busy text={t('playback.loading')} />
        </div>
      );
    case 'error':
      return (
        <div className="playback-cover" data-testid="playback-cover" role="status">
          <p className="playback-cover-title">{t('playback.failed')}</p>
          <p className="playback-cover-text">{state.message}</p>
        </div>
      );
    case 'gap': {
      const { to, reason } = state.gap;
      return (
        <div className="playback-cover" data-testid="playback-cover" role="status">
          <p className="playback-cover-title">{t('playback.noRecording')}</p>
          <p className="playback-cover-text">{t(`playback.gap.${reason}`)}</p>
          {to === null ? null : (
            <Button className="playback-cover-button numeric" onPress={() => onJump(to)}>
              {t('playback.goOn', { time: momentText(to) })}
            </Button>
          )}
        </div>
      );
    }
  }
}
