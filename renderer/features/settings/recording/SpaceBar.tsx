import type { StorageFolder } from '../../../../contract';
import { t } from '../../../strings';
import { bytesText } from '../../../ui/timeText';

export interface SpaceBarProps {
  readonly recordedBytes: number;
  readonly space: NonNullable<StorageFolder['space']>;
}

/** How a disk is shared between recordings, other files and free space, as a bar and in words. */
export function SpaceBar({ recordedBytes, space }: SpaceBarProps) {
  const { free_bytes: free, total_bytes: total, floor_bytes: floor } = space;
  const recorded = Math.min(recordedBytes, Math.max(0, total - free));
  const other = Math.max(0, total - free - recorded);
  const percent = (bytes: number) => `${String(total === 0 ? 0 : (100 * bytes) / total)}%`;
  const words = {
    ...{ recorded: bytesText(recorded), other: bytesText(other) },
    ...{ free: bytesText(free), total: bytesText(total) },
  };
  return (
    <div className="space">
      <svg className="space-bar" role="img" aria-label={t('storage.spaceOf', words)}>
        <rect className="space-free" width="100%" height="100%" />
        <rect className="space-recorded" width={percent(recorded)} height="100%" />
        <rect className="space-other" x={percent(recorded)} width={percent(other)} height="100%" />
        <rect className="space-floor" x={percent(Math.max(0, total - floor))} width="2" height="100%" />
      </svg>
      <ul className="space-legend numeric">
        <li>
          <span className="space-key space-key-recorded" />
          {t('storage.recorded')} {words.recorded}
        </li>
        <li>
          <span className="space-key space-key-other" />
          {t('storage.other')} {words.other}
        </li>
        <li>
          <span className="space-key space-key-free" />
          {t('storage.free')} {words.free} ({t('storage.reserved', { size: bytesText(floor) })})
        </li>
      </ul>
    </div>
  );
}
