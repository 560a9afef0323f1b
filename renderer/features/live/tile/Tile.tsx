import type { Dispatch, MouseEvent } from 'react';
import { useRef, useState } from 'react';
import type { Device } from '../../../../contract';
import { useMayCamera } from '../../../data/SessionProvider';
import { t } from '../../../strings';
import { OverlayDialog } from '../../overlay/OverlayDialog';
import { overlayStore } from '../../overlay/overlayStoreOfWindow';
import { TileOverlay } from '../../overlay/TileOverlay';
import { ReplayControls, ReplayVideo } from './ReplayView';
import { TileBar } from './TileBar';
import { TilePoster } from './TilePoster';
import { tileStateOf } from './tileState';
import { TileStatistics } from './TileStatistics';
import { TileStatus } from './TileStatus';
import { stateWord } from './tileText';
import { TileToolbar } from './TileToolbar';
import { useCapture } from './useCapture';
import { useElementSize } from './useElementSize';
import { useReplay } from './useReplay';
import { useSound } from './useSound';
import { useTileActions } from './useTileActions';
import { useTileFeed } from './useTileFeed';
import { useTileRole } from './useTileRole';
import { useZoom } from './useZoom';
import { transformOf } from './zoom';
import { ZoomMark } from './ZoomMark';
import './tile.css';
import './tools.css';

export type TileCommand = 'choose' | 'remove' | 'enter-full' | 'leave-full';

export interface TileProps {
  readonly index: number;
  readonly device: Device;
  readonly isFull: boolean;
  /** Another tile fills the window. */
  readonly isCovered: boolean;
  /** The tile that keys and audio are for. */
  readonly isSelected: boolean;
  readonly onCommand: Dispatch<TileCommand>;
}

/** One camera in the layout: its picture, or in words why there is none. */
export function Tile({ index, device, isFull, isCovered, isSelected, onCommand }: TileProps) {
  const root = useRef<HTMLElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const replayVideo = useRef<HTMLVideoElement>(null);
  const audio = useRef<HTMLAudioElement>(null);
  const size = useElementSize(picture);
  const zoom = useZoom(picture);
  const { role, condition, main, sub } = useTileRole(device, size, { isFull, isZoomed: zoom.isZoomed });
  const watched = condition.kind === 'stopped' || size === null ? null : role;
  const { video, view, keep, stats } = useTileFeed(device.id, watched);
  const state = tileStateOf(condition, view);
  const shownRole = view?.role ?? role;
  const stream = shownRole === 'sub' ? sub : main;
  const replay = useReplay(device, replayVideo);
  const capture = useCapture(device, replay.at);
  const mayPlay = useMayCamera('playback')(device.id);
  const [hasStatistics, setStatistics] = useState(false);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isOverlayOpen, setOverlayOpen] = useState(false);
  const isReplay = replay.clip !== null;
  const sound = useSound(audio, device.id, {
    isAvailable: (main?.state.info ?? device.main_info)?.audio != null && condition.kind !== 'stopped',
    isSelected,
    isLive: !isReplay,
  });
  const hasPicture = state.kind === 'live' || state.kind === 'stalled';

  const { run, onKeyDown } = useTileActions(root, {
    isFull,
    isCovered,
    mayPlay,
    zoom,
    replay,
    capture,
    onCommand,
    toggleSound: sound.toggle,
    toggleStatistics: () => setStatistics((shown) => !shown),
    toggleOverlay: () => overlayStore.change({ enabled: !overlayStore.settings().enabled }),
    openOverlaySettings: () => setOverlayOpen(true),
    openMenu: () => setMenuOpen(true),
  });
  const onDoubleClick = (event: MouseEvent<HTMLDivElement>) => {
    // Two clicks on a control are two clicks on that control.
    if (event.target instanceof Element && event.target.closest('button, input') !== null) return;
    if (zoom.isZoomed) zoom.reset();
    else run('tile.toggle-full');
  };

  return (
    <section
      ref={root}
      className="tile"
      tabIndex={0}
      inert={isCovered}
      aria-label={t('tile.name', {
        number: index + 1,
        name: device.name,
        state: isReplay ? t('tile.replay') : stateWord(state.kind),
      })}
      data-testid={`tile-${String(index)}`}
      data-camera-id={device.id}
      data-state={state.kind}
      data-role={shownRole}
      data-replay={isReplay ? 'true' : undefined}
      data-zoomed={zoom.isZoomed ? 'true' : undefined}
      data-selected={isSelected ? 'true' : undefined}
      data-full={isFull ? 'true' : undefined}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenuOpen(true);
      }}
    >
      <TileBar
        device={device}
        state={state}
        stream={stream?.state ?? null}
        isRecording={main?.state.recording === true && main.state.phase === 'running'}
        sound={sound}
        replayedAt={replay.at}
        mayPlay={mayPlay}
        isFull={isFull}
        isMenuOpen={isMenuOpen}
        onMenuOpenChange={setMenuOpen}
        onAction={run}
        onCommand={onCommand}
      />
      <div
        ref={picture}
        className="tile-picture"
        onDoubleClick={onDoubleClick}
        onPointerDown={zoom.onPointerDown}
      >
        <div className="tile-view" style={{ transform: zoom.isZoomed ? transformOf(zoom.zoom) : undefined }}>
          <video ref={video} className="tile-video" data-testid="video" autoPlay muted playsInline />
          <ReplayVideo element={replayVideo} replay={replay} isMuted={!sound.isHeard} />
        </div>
        <TileOverlay
          cameraId={device.id}
          video={video}
          zoom={zoom.zoom}
          stream={shownRole}
          isShown={hasPicture && !isReplay && !isCovered}
        />
        {isReplay || hasPicture ? null : <TilePoster cameraId={device.id} onKeep={keep} />}
        {isReplay ? null : <TileStatus device={device} state={state} />}
        <audio ref={audio} data-testid="sound" />
        {hasStatistics && !isReplay ? <TileStatistics role={shownRole} read={stats} /> : null}
        {zoom.isZoomed ? <ZoomMark zoom={zoom} /> : null}
        {isReplay ? <ReplayControls replay={replay} /> : null}
        {replay.isOpening ? (
          <p className="tile-note" role="status">
            {t('replay.opening')}
          </p>
        ) : null}
        {isReplay ? null : (
          <TileToolbar
            isFull={isFull}
            isLive={state.kind === 'live'}
            isReplayOpening={replay.isOpening}
            mayPlay={mayPlay}
            sound={sound}
            hasStatistics={hasStatistics}
            onAction={run}
          />
        )}
      </div>
      {isOverlayOpen ? <OverlayDialog onClose={() => setOverlayOpen(false)} /> : null}
    </section>
  );
}
