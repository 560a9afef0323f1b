import { t } from '../../../strings';
import { clockText, dateText } from '../../../ui/timeText';
import type { KeyPicture } from '../player/decodeKeys';
import { HoverPicture } from './HoverPicture';
import type { TimelineRow } from './paint';
import type { TimeView } from './view';

export interface HoverCardProps {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Pixels from the left edge. */
  readonly x: number;
  readonly width: number;
  readonly rows: readonly TimelineRow[];
  readonly view: TimeView;
  /** Pixels of the plot. */
  readonly plot: number;
  readonly load: (at: number) => Promise<KeyPicture | null>;
}

const WIDTH = 200;

/** What lies under the pointer: time, and what is marked there. */
export function HoverCard({ at, x, width, rows, view, plot, load }: HoverCardProps) {
  const near = (3 * (view.to - view.from)) / plot;
  const cameras = [...new Set(rows.flatMap((row) => row.cameras))];
  const within = (spans: readonly (readonly [number, number])[]) =>
    spans.some(([from, to]) => from - near <= at && at < to + near);
  const recorded = cameras.filter((camera) =>
    camera.recorded.some(([from, to]) => from <= at && at < to),
  ).length;
  const bookmark = cameras
    .flatMap((camera) => camera.bookmarks)
    .find((one) => one.from - near <= at && at < one.to + near);
  const marks = [
    ...(cameras.some(({ events }) => within(events)) ? [t('playback.mark.event')] : []),
    ...(cameras.some(({ motion }) => within(motion)) ? [t('playback.mark.motion')] : []),
    ...(cameras.some(({ locks }) => within(locks)) ? [t('playback.mark.lock')] : []),
    ...(bookmark === undefined
      ? []
      : [
          bookmark.label === null
            ? t('playback.mark.bookmark')
            : t('playback.mark.named', { label: bookmark.label }),
        ]),
  ];
  const left = Math.max(4, Math.min(width - WIDTH - 4, x - WIDTH / 2));
  return (
    <div
      className="playback-hover"
      style={{ left, width: WIDTH }}
      data-testid="timeline-hover"
      aria-hidden="true"
    >
      {recorded === 0 ? null : <HoverPicture at={at} load={load} />}
      <span className="playback-hover-time numeric">{clockText(at)}</span>
      <span className="playback-hover-date">{dateText(at)}</span>
      <span className="playback-hover-text">
        {cameras.length === 0
          ? ''
          : recorded === 0
            ? t('playback.hover.none')
            : t('playback.hover.recorded', { recorded, total: cameras.length })}
      </span>
      {marks.length === 0 ? null : <span className="playback-hover-text">{marks.join(' · ')}</span>}
    </div>
  );
}
