import type { RefObject } from 'react';
import { useCallback } from 'react';
import type { AiEvent } from '../../../contract';
import { useMay } from '../../data/SessionProvider';
import { useSettings } from '../../data/SettingsProvider';
import { plural, t } from '../../strings';
import { FailureNotice } from '../../ui/FailureNotice';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { EventsIcon } from '../../ui/icons';
import { momentText } from '../../ui/timeText';
import { useNavigation } from '../shell/Navigation';
import { EventFeed } from './EventFeed';
import type { FeedLayout, View } from './EventFeed';
import type { EventsFilter } from './eventFilter';
import { isFiltered } from './eventFilter';
import { MOST_KEPT } from './EventPages';
import { numberText } from './numberText';
import type { Pages } from './useEventPages';
import type { EventNames } from './useNames';

export interface EventsContentProps {
  readonly pages: Pages;
  readonly names: EventNames;
  readonly view: View;
  readonly filter: EventsFilter;
  readonly isStoreFailing: boolean;
  readonly activeId: string | null;
  readonly selected: ReadonlySet<string>;
  readonly layoutRef: RefObject<FeedLayout>;
  readonly onActivate: (event: AiEvent) => void;
  readonly onSelect: (event: AiEvent, isRange: boolean) => void;
  readonly onShowNew: () => void;
  readonly onClear: () => void;
}

/** The list in each of its states. */
export function EventsContent(props: EventsContentProps) {
  const { pages, filter } = props;
  const { events, total, isLoading, hasMore, error, fresh, scannedTo } = pages;
  const store = pages.pages;
  const onEnd = useCallback(() => {
    // What failed waits for somebody to try again.
    if (store.state().error === null) void store.more();
  }, [store]);
  const isEmpty = events.length === 0;

  // What stands above the list says why already.
  if (isEmpty && error !== null && props.isStoreFailing) return null;
  if (isEmpty && error !== null)
    return (
      <div className="screen-message">
        <FailureNotice title={t('events.failed')} error={error} onRetry={pages.reload} />
      </div>
    );
  if (isEmpty && total === null)
    return (
      <div className="screen-loading">
        <Busy text={t('events.loading')} />
      </div>
    );
  if (isEmpty && !hasMore && !isLoading && fresh.length === 0)
    return isFiltered(filter) ? (
      <EmptyState
        icon={EventsIcon}
        title={t('events.noneTitle')}
        text={t('events.noneText')}
        action={<Button onPress={props.onClear}>{t('events.clear')}</Button>}
      />
    ) : (
      <NoEvents />
    );
  return (
    <>
      <div className="events-head">
        <p className="events-count numeric" role="status" data-testid="events-count">
          {total === null ? '' : countText(total, events.length)}
        </p>
        {fresh.length === 0 ? null : (
          <Button look="primary" className="events-new numeric" onPress={props.onShowNew}>
            {pages.hasMoreFresh
              ? t('events.newAtLeast', { count: fresh.length })
              : plural('events.new', fresh.length)}
          </Button>
        )}
      </div>
      <div className="events-list">
        <EventFeed
          events={events}
          names={props.names}
          view={props.view}
          activeId={props.activeId}
          selected={props.selected}
          isBusy={isLoading}
          layoutRef={props.layoutRef}
          onActivate={props.onActivate}
          onSelect={props.onSelect}
          onEnd={onEnd}
          foot={
            <div className="events-foot">
              {error === null ? (
                <FootText
                  isLoading={isLoading}
                  hasMore={hasMore}
                  scannedTo={scannedTo}
                  count={events.length}
                />
              ) : (
                <FailureNotice
                  title={t('events.failedMore')}
                  error={error}
                  onRetry={() => void store.more()}
                />
              )}
            </div>
          }
        />
      </div>
    </>
  );
}

/** Before the first event: what is still to be done for one, where somebody may do it. */
function NoEvents() {
  const { open } = useNavigation();
  const mayConfigure = useMay('configure');
  const isOff = useSettings().frameExport?.running === false;
  const action = mayConfigure ? (
    <Button onPress={() => open(isOff ? 'settings' : 'models')}>
      {t(isOff ? 'detection.toSettings' : 'events.toModels')}
    </Button>
  ) : null;
  return (
    <EmptyState
      icon={EventsIcon}
      title={t('events.emptyTitle')}
      text={t(isOff ? 'events.emptyOffText' : 'events.emptyText')}
      action={action}
    />
  );
}

interface FootTextProps {
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly scannedTo: string | null;
  readonly count: number;
}

function FootText({ isLoading, hasMore, scannedTo, count }: FootTextProps) {
  if (isLoading || hasMore)
    return (
      <Busy
        text={
          scannedTo === null
            ? t('events.loadingMore')
            : t('events.searching', { time: momentText(Date.parse(scannedTo)) })
        }
      />
    );
  return <p>{count >= MOST_KEPT ? t('events.most', { count: numberText(count) }) : t('events.end')}</p>;
}

/** Where counting stopped early, what is loaded may already be more. */
function countText(
  { count, isExact }: { readonly count: number; readonly isExact: boolean },
  loaded: number,
): string {
  const known = Math.max(count, loaded);
  if (isExact)
    return known === 1 ? plural('events.count', 1) : t('events.count.other', { count: numberText(known) });
  return t('events.countAtLeast', { count: numberText(known) });
}
