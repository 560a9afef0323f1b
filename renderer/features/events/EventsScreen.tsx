import { useCallback, useMemo, useRef, useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import type { AiEvent } from '../../../contract';
import { useToday } from '../../data/useToday';
import { useActions } from '../../keys/useAction';
import { t } from '../../strings';
import { copyText } from '../../ui/copyText';
import { GridIcon, ListIcon, ReconnectIcon } from '../../ui/icons';
import { IconButton } from '../../ui/IconButton';
import { toast } from '../../ui/toasts';
import { useGroups } from '../cameras/useGroups';
import { useNavigation } from '../shell/Navigation';
import { ScreenFrame } from '../shell/ScreenFrame';
import { EventPanel } from './detail/EventPanel';
import { MissingEvent } from './detail/MissingEvent';
import type { Shown } from './detail/EventPanel';
import { EventFilterBar } from './EventFilterBar';
import type { EventsFilter } from './eventFilter';
import { countedFrom, NO_EVENT_FILTER, toRequest } from './eventFilter';
import type { FeedLayout, View } from './EventFeed';
import { EventsContent } from './EventsContent';
import { ExportMenu } from './export/ExportMenu';
import { ExportProgress } from './export/ExportProgress';
import { GoToEvent } from './GoToEvent';
import { linkTo } from './permalink';
import { remembered } from './remembered';
import { SelectionBar } from './SelectionBar';
import { StoreBanner } from './store/StoreBanner';
import { useStoreState } from './store/useStoreState';
import { useEventPages } from './useEventPages';
import { useNames } from './useNames';
import { useTriage } from './useTriage';
import './events.css';

const NO_SELECTION: ReadonlySet<string> = new Set();

/** The history of events: found by filters, reviewed by keys. */
export function EventsScreen() {
  const { intent } = useNavigation();
  const groups = useGroups().data?.groups ?? [];
  const [{ filter, chosenAt }, setChosen] = useState(() => ({
    filter: remembered.filter,
    chosenAt: Date.now(),
  }));
  const [view, setView] = useState<View>(remembered.view);
  const request = toRequest(filter, groups, countedFrom(filter.time, chosenAt, useToday()));
  const pages = useEventPages(request);
  const storeState = useStoreState(pages.reload);
  const names = useNames(pages.total === null ? 0 : chosenAt);
  const [activeId, setActive] = useState<string | null>(intent.eventId ?? null);
  const [isOpen, setOpen] = useState(intent.eventId !== undefined);
  const [isLarge, setLarge] = useState(false);
  const [hasBoxes, setBoxes] = useState(true);
  const [shown, setShown] = useState<Shown>('snapshot');
  const [selected, setSelected] = useState(NO_SELECTION);
  const layoutRef = useRef<FeedLayout>({
    ...{ columns: 1, rows: 1, toTop: () => undefined, isAtTop: () => true },
  });
  const { events } = pages;
  const index = events.findIndex(({ id }) => id === activeId);
  const listed = events[index];

  // An event that the list does not hold: by a link, or because the filter changed.
  const [fetched, setFetched] = useState<AiEvent | null>(null);
  const current = listed ?? (fetched?.id === activeId ? fetched : null);
  const onReviewed = useCallback((ids: readonly string[], at: string | null) => {
    setFetched((event) => (event !== null && ids.includes(event.id) ? { ...event, reviewed_at: at } : event));
  }, []);
  const triage = useTriage(pages.pages, onReviewed);

  const onFilter = (next: EventsFilter) => {
    remembered.filter = next;
    setSelected(NO_SELECTION);
    setChosen({ filter: next, chosenAt: Date.now() });
    layoutRef.current.toTop();
  };
  const onView = (next: View) => {
    remembered.view = next;
    setView(next);
  };
  const activate = useCallback((event: AiEvent) => {
    setActive(event.id);
    setShown('snapshot');
    setFetched(event);
  }, []);
  const onActivate = useCallback(
    (event: AiEvent) => {
      activate(event);
      setOpen(true);
    },
    [activate],
  );
  const onSelect = (event: AiEvent, isRange: boolean) => {
    const to = events.findIndex(({ id }) => id === event.id);
    const range =
      isRange && index >= 0 ? events.slice(Math.min(index, to), Math.max(index, to) + 1) : [event];
    const next = new Set(selected);
    for (const { id } of range)
      if (!isRange && next.has(id)) next.delete(id);
      else next.add(id);
    setSelected(next);
    setActive(event.id);
  };
  const step = (by: number) => {
    // Beside an event that is not in the list stands whatever happened before it.
    const at = current?.timestamp ?? '';
    const from =
      index >= 0 || current === null ? index : events.findIndex(({ timestamp }) => timestamp <= at);
    const to = Math.min(events.length - 1, Math.max(0, from + by));
    const next = events[to];
    // A large event hides the list, which otherwise asks for more as it is scrolled.
    if (to >= events.length - 10 && pages.error === null) void pages.pages.more();
    if (next !== undefined && next.id !== activeId) activate(next);
    return next !== undefined;
  };
  const review = (chosen: readonly AiEvent[], reviewed: boolean) => {
    triage.review(chosen, reviewed);
    setSelected(NO_SELECTION);
  };
  const onReviewKey = () => {
    if (selected.size > 0)
      review(
        events.filter(({ id }) => selected.has(id)),
        true,
      );
    else if (current === null) return false;
    else {
      triage.review([current], true);
      step(1);
    }
    return true;
  };
  const onClose = () => {
    if (selected.size > 0) return setSelected(NO_SELECTION);
    if (isLarge && isOpen) return setLarge(false);
    setOpen(false);
    document.querySelector<HTMLElement>(`[data-event-id="${activeId ?? ''}"]`)?.focus();
  };
  const onCopyLink = () => {
    if (current === null) return false;
    if (copyText(linkTo(current.id)))
      toast({ tone: 'ok', title: t('event.copied'), text: t('event.copiedText') });
    else toast({ tone: 'bad', title: t('event.copyFailed') });
    return true;
  };
  const showNew = () => {
    if (pages.fresh.length === 0) return false;
    void pages.pages.takeFresh();
    layoutRef.current.toTop();
    return true;
  };
  useActions({
    'events.next': () => step(1),
    'events.previous': () => step(-1),
    'events.down': () => step(index < 0 ? 1 : layoutRef.current.columns),
    'events.up': () => step(-layoutRef.current.columns),
    'events.page-down': () => step(layoutRef.current.columns * layoutRef.current.rows),
    'events.page-up': () => step(-layoutRef.current.columns * layoutRef.current.rows),
    'events.first': () => step(-events.length),
    'events.last': () => step(events.length),
    'events.open': () => (current === null ? false : setOpen(true)),
    'events.close': onClose,
    'events.review': onReviewKey,
    'events.undo': triage.undo,
    'events.select-all': () => setSelected(new Set(events.map(({ id }) => id))),
    'events.play': () => {
      if (current === null) return false;
      setOpen(true);
      setShown('footage');
      return true;
    },
    'events.enlarge': () => (isOpen ? setLarge((before) => !before) : false),
    'events.copy-link': onCopyLink,
    'events.show-new': showNew,
    'events.view': () => onView(view === 'list' ? 'grid' : 'list'),
  });
  const onGoTo = (id: string) => {
    setActive(id);
    setShown('snapshot');
    setOpen(true);
  };
  // Another window asks for an event while this screen is open.
  const [asked, setAsked] = useState(intent);
  if (asked !== intent) {
    setAsked(intent);
    if (intent.eventId !== undefined) onGoTo(intent.eventId);
  }
  const selectedEvents = useMemo(() => events.filter(({ id }) => selected.has(id)), [events, selected]);

  const toolbar = (
    <>
      <RadioGroup
        className="layout-switch"
        orientation="horizontal"
        aria-label={t('events.view')}
        value={view}
        onChange={(next) => onView(next as View)}
      >
        <Radio value="list" className="layout-button event-view-button">
          <ListIcon size={16} />
          {t('events.view.list')}
        </Radio>
        <Radio value="grid" className="layout-button event-view-button">
          <GridIcon size={16} />
          {t('events.view.grid')}
        </Radio>
      </RadioGroup>
      <IconButton label={t('events.refresh')} onPress={() => onFilter(filter)}>
        <ReconnectIcon />
      </IconButton>
      <ExportMenu request={request} isEmpty={events.length === 0} />
      <GoToEvent onGoTo={onGoTo} />
    </>
  );
  return (
    <ScreenFrame title={t('screen.events')} toolbar={toolbar}>
      <EventFilterBar
        filter={filter}
        names={names}
        onChange={onFilter}
        onClear={() => onFilter(NO_EVENT_FILTER)}
      />
      {storeState === null ? null : <StoreBanner state={storeState} onStarted={pages.reload} />}
      <div className="events-area">
        {isOpen && isLarge ? null : (
          <section className="events-main">
            <EventsContent
              pages={pages}
              names={names}
              view={view}
              filter={filter}
              isStoreFailing={storeState?.state === 'failing'}
              activeId={activeId}
              selected={selected}
              layoutRef={layoutRef}
              onActivate={onActivate}
              onSelect={onSelect}
              onShowNew={showNew}
              onClear={() => onFilter(NO_EVENT_FILTER)}
            />
            <ExportProgress />
            {selectedEvents.length === 0 ? null : (
              <SelectionBar
                count={selectedEvents.length}
                onReview={(reviewed) => review(selectedEvents, reviewed)}
                onClear={() => setSelected(NO_SELECTION)}
              />
            )}
          </section>
        )}
        {isOpen && current !== null ? (
          <EventPanel
            event={current}
            names={names}
            shown={shown}
            isLarge={isLarge}
            hasBoxes={hasBoxes}
            onShow={setShown}
            onBoxes={setBoxes}
            onStep={step}
            onLarge={() => setLarge((before) => !before)}
            onReview={(reviewed) => triage.review([current], reviewed)}
            onCopyLink={onCopyLink}
            onClose={onClose}
          />
        ) : null}
        {isOpen && current === null && activeId !== null ? (
          <MissingEvent key={activeId} id={activeId} onFound={setFetched} onClose={() => setOpen(false)} />
        ) : null}
      </div>
    </ScreenFrame>
  );
}
