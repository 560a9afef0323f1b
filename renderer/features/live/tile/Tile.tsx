import type { Dispatch, MouseEvent } from 'react';
import { useRef, useState } from 'react';
import type { Device } from '../../../../contract';
import type { Role } from '../../../data/StreamStore';
import { conditionOfWatched } from '../../../data/streamCondition';
import { useStream } from '../../../data/StreamsProvider';
import { useActions } from '../../../keys/useAction';
import { t } from '../../../strings';
import { chooseRole } from './role';
import { TileBar } from './TileBar';
import { tileStateOf } from './tileState';
import { TileStatus } from './TileStatus';
import { stateWord } from './tileText';
import { TilePoster } from './TilePoster';
import { useCapture } from './useCapture';
import { useElementSize } from './useElementSize';
import { useTileFeed } from './useTileFeed';
import './tile.css';

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
  const size = useElementSize(picture);
  const main = useStream(device.id, 'main');
  const sub = useStream(device.id, 'sub');
  const [subFailedFor, setSubFailedFor] = useState<string | null>(null);
  const [lastRole, setLastRole] = useState<Role | null>(null);
  const [isMenuOpen, setMenuOpen] = useState(false);

  const role = chooseRole({
    hasSub: device.sub_rtsp_url !== null,
    isFullWindow: isFull,
    isZoomed: false,
    tile: size,
    main: main?.state.info?.video ?? device.main_info?.video ?? null,
    sub: sub?.state.info?.video ?? device.sub_info?.video ?? null,
    subFailed: subFailedFor === device.id,
    shown: lastRole,
  });
  if (size !== null && role !== lastRole) setLastRole(role);
  const condition = conditionOfWatched(role, main, sub, device.is_active);
  // A sub stream that cannot be had must not hide a camera whose main stream runs.
  if (
    role === 'sub' &&
    condition.kind === 'offline' &&
    main?.state.phase === 'running' &&
    subFailedFor !== device.id
  )
    setSubFailedFor(device.id);

  const watched = condition.kind === 'stopped' || size === null ? null : role;
  const { video, view, keep } = useTileFeed(device.id, watched);
  const state = tileStateOf(condition, view);
  const stream = (view?.role ?? role) === 'sub' ? sub : main;
  const capture = useCapture(device);

  useActions(
    {
      'tile.toggle-full': () => onCommand(isFull ? 'leave-full' : 'enter-full'),
      'tile.snapshot': () => void capture.snapshot(),
      'tile.clip': () => void capture.clip(),
      'tile.menu': () => setMenuOpen(true),
    },
    { within: root, enabled: !isCovered },
  );

  const onDoubleClick = (event: MouseEvent<HTMLDivElement>) => {
    // Two clicks on a button of the message are two clicks on that button.
    if (event.target instanceof Element && event.target.closest('button') === null)
      onCommand(isFull ? 'leave-full' : 'enter-full');
  };

  return (
    <section
      ref={root}
      className="tile"
      tabIndex={0}
      inert={isCovered}
      aria-label={t('tile.name', { number: index + 1, name: device.name, state: stateWord(state.kind) })}
      data-testid={`tile-${String(index)}`}
      data-camera-id={device.id}
      data-state={state.kind}
      data-role={view?.role ?? role}
      data-selected={isSelected ? 'true' : undefined}
      data-full={isFull ? 'true' : undefined}
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
        isFull={isFull}
        isMenuOpen={isMenuOpen}
        onMenuOpenChange={setMenuOpen}
        capture={capture}
        onCommand={onCommand}
      />
      <div ref={picture} className="tile-picture" onDoubleClick={onDoubleClick}>
        <video ref={video} className="tile-video" data-testid="video" autoPlay muted playsInline />
        {state.kind === 'live' || state.kind === 'stalled' ? null : (
          <TilePoster cameraId={device.id} onKeep={keep} />
        )}
        <TileStatus device={device} state={state} />
      </div>
    </section>
  );
}
