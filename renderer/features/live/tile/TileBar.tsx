import type { Dispatch } from 'react';
import type { Device, StreamState } from '../../../../contract';
import type { TileActionId } from '../../../keys/actions/tile';
import { t } from '../../../strings';
import { RecordIcon } from '../../../ui/icons';
import { TickingText } from '../../../ui/TickingText';
import { clockText } from '../../../ui/timeText';
import { useOpenPlayback } from '../../playback/useOpenPlayback';
import { EventMark } from '../../events/recent/EventMark';
import { ConvertedBadge } from './ConvertedBadge';
import { ScheduleMark } from './ScheduleMark';
import { SoundMark } from './SoundMark';
import { StateMark } from './StateMark';
import type { TileCommand } from './Tile';
import { BackIcon } from './tileIcons';
import { TileMenu } from './TileMenu';
import type { TileState } from './tileState';
import type { TileSound } from './useSound';

/** From the live picture playback begins so long ago, milliseconds. */
const BEFORE_NOW = 10_000;

export interface TileBarProps {
  readonly device: Device;
  readonly state: TileState;
  /** The stream that is shown. */
  readonly stream: StreamState | null;
  readonly isRecording: boolean;
  /** Wall clock of a replayed picture, milliseconds; null while the live picture is shown. */
  readonly replayedAt: number | null;
  readonly sound: TileSound;
  /** The user may see what the camera recorded. */
  readonly mayPlay: boolean;
  readonly isFull: boolean;
  readonly isMenuOpen: boolean;
  readonly onMenuOpenChange: (open: boolean) => void;
  readonly onAction: (id: TileActionId) => void;
  readonly onCommand: Dispatch<TileCommand>;
}

/** Title bar of a tile. It stands above the picture, so that nothing of the picture is hidden. */
export function TileBar(props: TileBarProps) {
  const { device, state, stream, isRecording, replayedAt } = props;
  const openPlayback = useOpenPlayback();
  return (
    <div className="tile-bar">
      {replayedAt === null ? <StateMark kind={state.kind} /> : <ReplayMark />}
      <span className="tile-name">{device.name}</span>
      {device.location === null ? null : <span className="tile-location">{device.location}</span>}
      <span className="tile-space" />
      {replayedAt === null ? <EventMark cameraId={device.id} /> : null}
      {stream === null || stream.transcode_reasons.length === 0 || replayedAt !== null ? null : (
        <ConvertedBadge reasons={stream.transcode_reasons} video={stream.info?.video ?? null} />
      )}
      {props.sound.isHeard && replayedAt === null ? <SoundMark sound={props.sound} /> : null}
      {isRecording ? (
        <span className="tile-rec" data-testid="recording-mark">
          <RecordIcon size={14} />
          <span className="tile-rec-word">{t('tile.rec')}</span>
        </span>
      ) : (
        <ScheduleMark device={device} />
      )}
      {replayedAt === null ? (
        state.kind === 'live' && <TileClock />
      ) : (
        <span className="tile-clock tile-clock-replay numeric" data-testid="replay-clock">
          {clockText(replayedAt)}
        </span>
      )}
      <TileMenu
        isFull={props.isFull}
        isReplay={replayedAt !== null}
        isOpen={props.isMenuOpen}
        onOpenChange={props.onMenuOpenChange}
        onAction={props.onAction}
        onCommand={props.onCommand}
        onPlayback={
          props.mayPlay ? () => openPlayback(device.id, replayedAt ?? Date.now() - BEFORE_NOW) : null
        }
      />
    </div>
  );
}

/** Stands where the word "Live" stands otherwise, so that an old picture is never taken for the present. */
function ReplayMark() {
  return (
    <span className="tile-mark tile-mark-replay" role="status">
      <BackIcon size={15} />
      <span className="tile-mark-word">{t('tile.replay')}</span>
    </span>
  );
}

/** The time of a live picture. Other pictures have no clock: it would make them look live. */
function TileClock() {
  return <TickingText text={clockText} className="tile-clock numeric" isSized />;
}
