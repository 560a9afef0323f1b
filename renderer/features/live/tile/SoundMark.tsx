import { t } from '../../../strings';
import { SoundIcon, SoundOffIcon } from './tileIcons';
import type { TileSound } from './useSound';

const BARS = [0.004, 0.03, 0.12, 0.35];

/** Says that this tile is heard, how loud it is, or why it is not. */
export function SoundMark({ sound: { snapshot, level } }: { readonly sound: TileSound }) {
  const isPlaying = snapshot?.state === 'playing';
  const text =
    snapshot?.state === 'unavailable'
      ? (snapshot.error ?? t('sound.unavailable'))
      : t(isPlaying ? 'sound.playing' : 'sound.connecting');
  return (
    <span
      className={`tile-sound tile-sound-${snapshot?.state ?? 'connecting'}`}
      role="img"
      aria-label={text}
      title={text}
      data-testid="sound-mark"
      data-level={level.toFixed(3)}
    >
      {snapshot?.state === 'unavailable' ? <SoundOffIcon size={15} /> : <SoundIcon size={15} />}
      <span className="tile-level" aria-hidden="true">
        {BARS.map((from) => (
          <span key={from} data-on={isPlaying && level >= from ? 'true' : undefined} />
        ))}
      </span>
    </span>
  );
}
