import { t } from '../../../strings';

const MARKS = ['recorded', 'sparse', 'motion', 'event', 'bookmark', 'lock'] as const;

/** What the colours of the time line mean. */
export function Legend() {
  return (
    <ul className="playback-legend" aria-label={t('playback.legend')}>
      {MARKS.map((mark) => (
        <li key={mark}>
          <span className={`playback-legend-mark playback-legend-${mark}`} aria-hidden="true" />
          {t(`playback.mark.${mark}`)}
        </li>
      ))}
    </ul>
  );
}
