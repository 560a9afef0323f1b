import { useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { plural, t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { clockText, momentBeside, momentText } from '../../../ui/timeText';
import { numberText } from '../numberText';
import { NewStoreDialog } from './NewStoreDialog';

type StoreState = ResponseOf<'ai-events.store'>;
type Trouble = NonNullable<StoreState['trouble']>;

/** A new store helps where the old file is the trouble, not where the disk is. */
const HELPED_BY_NEW: readonly Trouble[] = ['damaged', 'newer', 'locked', 'unavailable'];

export interface StoreBannerProps {
  readonly state: StoreState;
  /** There is a new store, with other events in it. */
  readonly onStarted: () => void;
}

/** Says that events are not stored or read, what that costs, and what to do; or what a failure has cost. */
export function StoreBanner({ state, onStarted }: StoreBannerProps) {
  const [isAsking, setAsking] = useState(false);
  const [seen, setSeen] = useState<string | null>(null);
  const { trouble, since, lost, before } = state;
  if (trouble !== null)
    return (
      <div className="events-banner">
        <Notice
          tone="bad"
          live="alert"
          title={t(`store.${trouble}`)}
          actions={
            HELPED_BY_NEW.includes(trouble) ? (
              <Button needs="configure" onPress={() => setAsking(true)}>
                {t('store.startNew')}
              </Button>
            ) : undefined
          }
        >
          <p>{t('store.videoGoesOn')}</p>
          <p>{t(`store.${trouble}Text`)}</p>
          <p className="numeric">
            {lost === 0
              ? t('store.noneLost')
              : t('store.lost', { lost: lostText(lost), time: clockText(Date.parse(since ?? '')) })}
          </p>
        </Notice>
        {isAsking ? (
          <NewStoreDialog
            folder={state.folder}
            onStarted={() => {
              setAsking(false);
              onStarted();
            }}
            onCancel={() => setAsking(false)}
          />
        ) : null}
      </div>
    );
  if (before === null || before.lost === 0 || seen === before.until) return null;
  return (
    <div className="events-banner">
      <Notice
        tone="info"
        live="status"
        title={t('store.worksAgain')}
        actions={<Button onPress={() => setSeen(before.until)}>{t('store.dismiss')}</Button>}
      >
        <p className="numeric">
          {t('store.wereLost', {
            lost: lostText(before.lost),
            from: momentText(Date.parse(before.since)),
            to: momentBeside(Date.parse(before.until), Date.parse(before.since)),
          })}
        </p>
      </Notice>
    </div>
  );
}

const lostText = (lost: number): string =>
  lost === 1 ? plural('events.count', 1) : t('events.count.other', { count: numberText(lost) });
