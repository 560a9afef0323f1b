import { useEffect, useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import { t } from '../../../strings';
import { CloseIcon, PlayIcon } from '../../../ui/icons';
import { IconButton } from '../../../ui/IconButton';
import { NextIcon, PauseIcon, PreviousIcon } from '../../../ui/wallIcons';
import type { Tour } from '../wall/tour';
import { progressOf } from '../wall/tour';

export interface TourBarProps {
  readonly tour: Tour;
  readonly name: string;
  readonly onPause: () => void;
  readonly onResume: () => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onEnd: () => void;
}

/** How often the progress is drawn, milliseconds. */
const DRAW_MS = 250;

/** A tour under way: what it shows, how long still, and its controls. */
export function TourBar({ tour, name, onPause, onResume, onStep, onEnd }: TourBarProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const draw = () => setNow(Date.now());
    const first = setTimeout(draw);
    const timer = setInterval(draw, DRAW_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [tour]);
  const progress = progressOf(tour, now);
  const isPaused = tour.pausedAt !== null;
  const left = Math.ceil((1 - progress) * tour.plan.dwell);
  return (
    <section
      className="tour-bar"
      aria-label={t('tour.bar')}
      data-testid="tour"
      data-state={isPaused ? 'paused' : 'running'}
    >
      <span className="tour-place numeric">
        {t('tour.place', { at: tour.at + 1, total: tour.plan.layoutIds.length })}
      </span>
      <span className="tour-name">{name}</span>
      <ProgressBar
        className="tour-progress"
        aria-label={t('tour.progress')}
        value={progress * 100}
        valueLabel={isPaused ? t('tour.paused') : t('tour.running', { seconds: left })}
      >
        {({ percentage, valueText }) => (
          <>
            <span className="tour-track">
              <span className="tour-fill" style={{ width: `${String(percentage ?? 0)}%` }} />
            </span>
            <span className="tour-left numeric">{valueText}</span>
          </>
        )}
      </ProgressBar>
      <IconButton label={t('tour.previous')} onPress={() => onStep(-1)}>
        <PreviousIcon />
      </IconButton>
      {isPaused ? (
        <IconButton label={t('tour.resume')} onPress={onResume}>
          <PlayIcon />
        </IconButton>
      ) : (
        <IconButton label={t('tour.pause')} onPress={onPause}>
          <PauseIcon />
        </IconButton>
      )}
      <IconButton label={t('tour.next')} onPress={() => onStep(1)}>
        <NextIcon />
      </IconButton>
      <IconButton label={t('tour.end')} onPress={onEnd}>
        <CloseIcon />
      </IconButton>
    </section>
  );
}
