import type { KeyboardEvent } from 'react';
import { useCallback, useRef, useState } from 'react';
import type { MotionResult } from '../../../../contract';
import { t } from '../../../strings';
import { clockText, dateText } from '../../../ui/timeText';
import type { KeyPicture } from '../player/decodeKeys';
import { lengthText } from '../screen/lengthText';
import { MotionThumb } from './MotionThumb';
import type { Region } from './region';

export interface MotionResultsProps {
  readonly results: readonly MotionResult[];
  /** As it was searched. */
  readonly region: Region;
  readonly onJump: (at: number) => void;
  readonly preview: (at: number) => Promise<KeyPicture | null>;
}

const MOVES: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowUp: (index) => index - 1,
  ArrowDown: (index) => index + 1,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

/** What was found, the oldest first; one of them is a stop of Tab, arrow keys go on from it. */
export function MotionResults({ results, region, onJump, preview }: MotionResultsProps) {
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const stop = Math.max(
    0,
    results.findIndex(({ start }) => start === current),
  );
  const last = useRef<Promise<unknown>>(Promise.resolve());
  // One after the other, and not what has been scrolled past meanwhile.
  const load = useCallback(
    (at: number, isWanted: () => boolean) => {
      const next = last.current.then(() => (isWanted() ? preview(at) : null));
      last.current = next.catch(() => undefined);
      return next;
    },
    [preview],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const move = event.ctrlKey || event.altKey || event.metaKey ? undefined : MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const index = Math.min(results.length - 1, Math.max(0, move(stop, results.length)));
    setCurrent(results[index]?.start ?? null);
    list.current?.querySelectorAll<HTMLElement>('button')[index]?.focus();
  };
  const today = new Date().toDateString();
  return (
    <ul
      ref={list}
      className="motion-results"
      aria-label={t('motion.results')}
      data-testid="motion-results"
      onKeyDown={onKeyDown}
    >
      {results.map(({ start, end, peak, peak_at: peakAt, source }, index) => {
        const at = Date.parse(start);
        const isToday = new Date(at).toDateString() === today;
        return (
          <li key={`${source} ${start}`}>
            <button
              type="button"
              className="motion-result"
              data-testid="motion-result"
              data-start={at}
              data-source={source}
              tabIndex={index === stop ? 0 : -1}
              aria-current={start === current ? 'true' : undefined}
              onClick={() => {
                setCurrent(start);
                onJump(at);
              }}
            >
              <MotionThumb at={Date.parse(peakAt)} region={region} load={load} />
              <span className="motion-result-text">
                <span className="motion-result-time numeric">{clockText(at)}</span>
                {isToday ? null : <span className="motion-result-date">{dateText(at)}</span>}
                <span className="motion-result-detail numeric">
                  {t('motion.resultDetail', {
                    length: lengthText(Date.parse(end) - at),
                    share: String(Math.max(1, Math.round(peak * 100))),
                  })}
                </span>
                <span className={`motion-source motion-source-${source}`}>
                  {t(`motion.source.${source}`)}
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
