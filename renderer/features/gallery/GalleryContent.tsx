import type { RefObject } from 'react';
import { useCallback } from 'react';
import type { Capture } from '../../../contract';
import { useKeyText } from '../../keys/keyText';
import { plural, t } from '../../strings';
import { FailureNotice } from '../../ui/FailureNotice';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { GalleryIcon } from '../../ui/galleryIcons';
import type { FeedLayout, View } from '../../ui/WindowedFeed';
import { WindowedFeed } from '../../ui/WindowedFeed';
import { CaptureItem } from './CaptureItem';
import type { LoadedCaptures } from './useCapturePages';

const CARD = { width: 220, text: 62 } as const;

export interface GalleryContentProps {
  readonly loaded: LoadedCaptures;
  readonly view: View;
  readonly isFiltered: boolean;
  readonly activeId: string | null;
  readonly selected: ReadonlySet<string>;
  readonly layoutRef: RefObject<FeedLayout>;
  readonly onActivate: (capture: Capture) => void;
  readonly onSelect: (capture: Capture, isRange: boolean) => void;
  readonly onClear: () => void;
}

/** The list in each of its states. */
export function GalleryContent(props: GalleryContentProps) {
  const { loaded, view, selected } = props;
  const { captures, total, hasMore, isLoading, error } = loaded.state;
  const { pages, reload } = loaded;
  const snapshot = useKeyText('tile.snapshot') ?? '';
  const clip = useKeyText('tile.clip') ?? '';
  const onEnd = useCallback(() => {
    // What failed waits for somebody to try again.
    if (pages.state().error === null) void pages.more();
  }, [pages]);
  if (captures.length === 0 && error !== null)
    return (
      <div className="screen-message">
        <FailureNotice title={t('gallery.failed')} error={error} onRetry={reload} />
      </div>
    );
  if (captures.length === 0 && (isLoading || hasMore))
    return (
      <div className="screen-loading">
        <Busy text={t('gallery.loading')} />
      </div>
    );
  if (captures.length === 0)
    return props.isFiltered ? (
      <EmptyState
        icon={GalleryIcon}
        title={t('gallery.noneTitle')}
        text={t('gallery.noneText')}
        action={<Button onPress={props.onClear}>{t('gallery.clear')}</Button>}
      />
    ) : (
      <EmptyState
        icon={GalleryIcon}
        title={t('gallery.emptyTitle')}
        text={t('gallery.emptyText', { snapshot, clip })}
      />
    );
  return (
    <>
      <div className="events-head">
        <p className="events-count numeric" role="status" data-testid="gallery-count">
          {plural('gallery.count', total ?? captures.length)}
        </p>
        {loaded.state.fresh.length === 0 ? null : (
          <Button
            onPress={() => {
              pages.showFresh();
              props.layoutRef.current.toTop();
            }}
          >
            {plural('gallery.new', loaded.state.fresh.length)}
          </Button>
        )}
      </div>
      <div className="events-list">
        <WindowedFeed
          items={captures}
          label={t('gallery.feed')}
          testId="gallery-feed"
          view={view}
          card={CARD}
          activeId={props.activeId}
          isBusy={isLoading}
          layoutRef={props.layoutRef}
          onEnd={onEnd}
          itemAttribute="data-capture-id"
          foot={
            <div className="events-foot">
              {error !== null ? (
                <FailureNotice
                  title={t('gallery.failedMore')}
                  error={error}
                  onRetry={() => void pages.more()}
                />
              ) : isLoading || hasMore ? (
                <Busy text={t('gallery.loadingMore')} />
              ) : (
                <p>{t('gallery.end')}</p>
              )}
            </div>
          }
        >
          {(capture, place) => (
            <CaptureItem
              key={capture.id}
              capture={capture}
              view={view}
              isSelected={selected.has(capture.id)}
              onActivate={props.onActivate}
              onSelect={props.onSelect}
              {...place}
            />
          )}
        </WindowedFeed>
      </div>
    </>
  );
}
