import { useEffect, useState, useSyncExternalStore } from 'react';
import { Toolbar } from 'react-aria-components';
import { useKeyTexts } from '../../../keys/keyText';
import type { ActionId } from '../../../keys/actions';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { LiveIcon, PlayIcon } from '../../../ui/icons';
import { IconButton } from '../../../ui/IconButton';
import { clockText, dateText } from '../../../ui/timeText';
import { PauseIcon } from '../../live/tile/tileIcons';
import type { PlaybackClock } from '../clock/PlaybackClock';
import { RATES } from '../clock/PlaybackClock';
import { GoToField } from './GoToField';
import { ReverseIcon, StepBackIcon, StepOnIcon } from './playbackIcons';
import { RecordedDays } from './RecordedDays';
import { SoundButton } from './SoundButton';
import type { PlaybackSound } from './usePlaybackSound';
import type { PlaybackActions } from './usePlaybackActions';

export interface TransportProps {
  readonly clock: PlaybackClock;
  readonly cameraIds: readonly string[];
  readonly actions: PlaybackActions;
  readonly sound: PlaybackSound;
  readonly onLive: () => void;
}

/** Plays, steps, and says where we are. */
export function Transport({ clock, cameraIds, actions, sound, onLive }: TransportProps) {
  const { isPlaying, rate } = useSyncExternalStore(clock.subscribe, clock.state);
  const keyOf = useKeyTexts();
  const named = (text: string, id: ActionId) => {
    const key = keyOf(id);
    return key === undefined ? text : t('playback.withKey', { text, key });
  };
  return (
    <div className="playback-transport">
      <Toolbar className="playback-buttons" aria-label={t('playback.controls')}>
        <IconButton
          label={named(t('playback.stepBack'), 'playback.step-back')}
          onPress={() => actions.step('previous')}
        >
          <StepBackIcon />
        </IconButton>
        <IconButton
          label={named(t('playback.reverse'), 'playback.reverse')}
          aria-pressed={isPlaying && rate < 0}
          onPress={actions.reverse}
        >
          <ReverseIcon />
        </IconButton>
        <IconButton
          label={named(t(isPlaying ? 'playback.pause' : 'playback.play'), 'playback.toggle')}
          className="playback-play"
          onPress={actions.toggle}
        >
          {isPlaying ? <PauseIcon size={20} /> : <PlayIcon size={20} />}
        </IconButton>
        <IconButton
          label={named(t('playback.stepOn'), 'playback.step-on')}
          onPress={() => actions.step('next')}
        >
          <StepOnIcon />
        </IconButton>
        <select
          className="playback-rate numeric"
          data-testid="playback-rate"
          aria-label={t('playback.rate')}
          value={String(Math.abs(rate))}
          onChange={(event) => clock.setRate(Number(event.currentTarget.value) * (rate < 0 ? -1 : 1))}
        >
          {RATES.map((one) => (
            <option key={one} value={String(one)}>
              {t('playback.times', { rate: String(one) })}
            </option>
          ))}
        </select>
        <SoundButton sound={sound} keyText={keyOf('playback.sound')} />
      </Toolbar>
      <PositionText clock={clock} />
      <div className="playback-places">
        <GoToField position={() => clock.position()} onGo={actions.seek} />
        <RecordedDays cameraIds={cameraIds} position={() => clock.position()} onDay={actions.goToDay} />
        <Button onPress={onLive}>
          <LiveIcon size={16} />
          {t('playback.live')}
        </Button>
      </div>
    </div>
  );
}

/** The moment that is shown: to the tenth of a second while it moves, and as exactly as it is known at rest. */
function PositionText({ clock }: { readonly clock: PlaybackClock }) {
  const { isPlaying, rate } = useSyncExternalStore(clock.subscribe, clock.state);
  const [position, setPosition] = useState(() => Math.floor(clock.position()));
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = requestAnimationFrame(look);
      const step = clock.state().isPlaying ? 100 : 1;
      setPosition(Math.floor(clock.position() / step) * step);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [clock]);
  return (
    <div className="playback-position" data-testid="playback-position" data-at={position}>
      <span className="playback-position-time numeric">
        {clockText(position)}
        <span className="playback-position-part">
          .
          {String(position % 1000)
            .padStart(3, '0')
            .slice(0, isPlaying ? 1 : 3)}
        </span>
      </span>
      <span className="playback-position-date">{dateText(position)}</span>
      <span className="playback-position-rate numeric">
        {isPlaying ? t('playback.times', { rate: String(rate) }) : t('playback.paused')}
      </span>
    </div>
  );
}
