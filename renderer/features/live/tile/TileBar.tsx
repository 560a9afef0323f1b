import type { Dispatch } from 'react';
import type { Device, StreamState } from '../../../../contract';
import { useNowSeconds } from '../../../data/useNow';
import { t } from '../../../strings';
import { RecordIcon } from '../../../ui/icons';
import { clockText } from '../../../ui/timeText';
import { ConvertedBadge } from './ConvertedBadge';
import { StateMark } from './StateMark';
import type { TileCommand } from './Tile';
import { TileMenu } from './TileMenu';
import type { TileState } from './tileState';
import type { Capture } from './useCapture';

export interface TileBarProps {
  readonly device: Device;
  readonly state: TileState;
  /** The stream that is shown. */
  readonly stream: StreamState | null;
  readonly isRecording: boolean;
  readonly isFull: boolean;
  readonly isMenuOpen: boolean;
  readonly onMenuOpenChange: (open: boolean) => void;
  readonly capture: Capture;
  readonly onCommand: Dispatch<TileCommand>;
}

/** Title bar of a tile. It stands above the picture, so that nothing of the picture is hidden. */
export function TileBar(props: TileBarProps) {
  const { device, state, stream, isRecording, isFull } = props;
  return (
    <div className="tile-bar">
      <StateMark kind={state.kind} />
      <span className="tile-name">{device.name}</span>
      {device.location === null ? null : <span className="tile-location">{device.location}</span>}
      <span className="tile-space" />
      {stream === null || stream.transcode_reasons.length === 0 ? null : (
        <ConvertedBadge reasons={stream.transcode_reasons} video={stream.info?.video ?? null} />
      )}
      {isRecording ? (
        <span className="tile-rec" data-testid="recording-mark">
          <RecordIcon size={14} />
          {t('tile.rec')}
        </span>
      ) : null}
      {state.kind === 'live' ? <TileClock /> : null}
      <TileMenu
        isFull={isFull}
        isOpen={props.isMenuOpen}
        onOpenChange={props.onMenuOpenChange}
        capture={props.capture}
        onCommand={props.onCommand}
      />
    </div>
  );
}

/** The time of a live picture. Other pictures have no clock: it would make them look live. */
function TileClock() {
  return <span className="tile-clock numeric">{clockText(useNowSeconds() * 1000)}</span>;
}
