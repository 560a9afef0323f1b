import { t } from '../../../strings';
import { IconButton } from '../../../ui/IconButton';
import { SoundIcon, SoundOffIcon } from '../../live/tile/tileIcons';
import type { PlaybackSound } from './usePlaybackSound';

const BARS = [0.004, 0.03, 0.12, 0.35];

/** Switches the sound of the selected tile, and shows how loud it is or why nothing is heard. */
export function SoundButton({
  sound,
  keyText,
}: {
  readonly sound: PlaybackSound;
  readonly keyText?: string | undefined;
}) {
  const { isOn, state, level, toggle } = sound;
  const name = isOn ? t(`playback.sound.${state}`) : t('playback.sound.listen');
  return (
    <IconButton
      label={keyText === undefined ? name : t('playback.withKey', { text: name, key: keyText })}
      className="playback-sound"
      aria-pressed={isOn}
      data-testid="playback-sound-button"
      data-state={isOn ? state : 'off'}
      data-level={level.toFixed(3)}
      onPress={toggle}
    >
      {isOn && state !== 'none' && state !== 'failed' ? <SoundIcon /> : <SoundOffIcon />}
      {isOn ? (
        <span className="tile-level" aria-hidden="true">
          {BARS.map((from) => (
            <span key={from} data-on={state === 'playing' && level >= from ? 'true' : undefined} />
          ))}
        </span>
      ) : null}
    </IconButton>
  );
}
