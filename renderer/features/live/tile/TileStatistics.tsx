import { useEffect, useState } from 'react';
import type { Role } from '../../../data/StreamStore';
import type { FeedRates } from '../../../live/feedRates';
import { ratesBetween } from '../../../live/feedRates';
import type { LiveFeedStats } from '../../../live/feedStats';
import { t } from '../../../strings';
import { hardwareDecoding } from './hardwareDecoding';
import { statisticsLines } from './statisticsText';

/** How often they are read and shown, milliseconds. */
const EVERY_MS = 1_000;

export interface TileStatisticsProps {
  readonly role: Role;
  readonly read: () => Promise<LiveFeedStats | null>;
}

/** Figures of the live picture, over its left upper corner; once a second. */
export function TileStatistics({ role, read }: TileStatisticsProps) {
  const [rates, setRates] = useState<FeedRates | null>(null);
  useEffect(() => {
    let before: LiveFeedStats | null = null;
    let ended = false;
    const look = async () => {
      const now = await read().catch(() => null);
      if (ended) return;
      const next = now === null ? null : ratesBetween(before, now);
      before = now;
      const hardware = now === null || next === null ? null : await hardwareOf(now, next);
      if (!ended) setRates(next === null ? null : { ...next, hardware });
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      ended = true;
      clearInterval(timer);
    };
  }, [read]);
  return (
    <dl className="tile-stats numeric" data-testid="statistics" aria-label={t('stats.label')}>
      {statisticsLines(role, rates).map(({ id, label, value }) => (
        <div key={id} data-stat={id}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

async function hardwareOf({ codec }: LiveFeedStats, rates: FeedRates): Promise<boolean | null> {
  if (rates.hardware !== null || codec === null || rates.width === null || rates.height === null)
    return rates.hardware;
  return hardwareDecoding(codec, rates.width, rates.height);
}
