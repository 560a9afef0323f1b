import type { RefObject } from 'react';
import { Toolbar } from 'react-aria-components';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { IconButton } from '../../../ui/IconButton';
import { LiveIcon, PlayIcon } from '../../../ui/icons';
import { clockText } from '../../../ui/timeText';
import { SPEEDS, speedBeside } from './replayTime';
import { PauseIcon } from './tileIcons';
import type { Replay } from './useReplay';

export interface ReplayViewProps {
  readonly element: RefObject<HTMLVideoElement | null>;
  readonly replay: Replay;
  readonly isMuted: boolean;
}

/** The replayed picture, over the live one. */
export function ReplayVideo({ element, replay, isMuted }: ReplayViewProps) {
  if (replay.clip === null) return null;
  return (
    <video
      ref={element}
      className="tile-video tile-replay"
      data-testid="replay"
      src={replay.clip.url}
      muted={isMuted}
      autoPlay
      playsInline
      onTimeUpdate={replay.onChange}
      onPlay={replay.onChange}
      onPause={replay.onChange}
      onEnded={replay.live}
      onError={replay.onFailure}
    />
  );
}

/** Marks the picture as old, moves through it and leads back. */
export function ReplayControls({ replay }: { readonly replay: Replay }) {
  const { clip, at, position, isPaused, speed } = replay;
  if (clip === null || at === null) return null;
  const next = speedBeside(speed, 1) === speed ? SPEEDS[0] : speedBeside(speed, 1);
  return (
    <Toolbar className="tile-replay-bar" aria-label={t('replay.controls')} data-testid="replay-controls">
      <IconButton
        label={t(isPaused ? 'replay.play' : 'replay.pause')}
        className="tile-tool"
        onPress={replay.togglePause}
      >
        {isPaused ? <PlayIcon size={16} /> : <PauseIcon size={16} />}
      </IconButton>
      <input
        type="range"
        className="tile-scrub"
        aria-label={t('replay.position')}
        aria-valuetext={clockText(at)}
        min={0}
        max={clip.seconds}
        step={0.1}
        value={position}
        onChange={(event) => replay.seek(event.currentTarget.valueAsNumber)}
        // The arrows are the slider's own, not those of the toolbar or of the wall.
        onKeyDown={(event) => event.stopPropagation()}
      />
      <Button
        look="quiet"
        className="tile-speed numeric"
        aria-label={t('replay.speed', { speed: String(speed) })}
        onPress={() => replay.setSpeed(next)}
      >
        {t('replay.times', { speed: String(speed) })}
      </Button>
      <Button look="quiet" className="tile-live-button" onPress={replay.live}>
        <LiveIcon size={16} />
        {t('replay.live')}
      </Button>
    </Toolbar>
  );
}
