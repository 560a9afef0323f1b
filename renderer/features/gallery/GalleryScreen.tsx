import { useCallback, useEffect, useRef, useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import type { Capture } from '../../../contract';
import { DevicesWith } from '../../data/DevicesWith';
import { useMayCamera } from '../../data/SessionProvider';
import { useQuery } from '../../data/useQuery';
import { useToday } from '../../data/useToday';
import { useActions } from '../../keys/useAction';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { ClipIcon, GridIcon, ListIcon, ReconnectIcon } from '../../ui/icons';
import type { FeedLayout, View } from '../../ui/WindowedFeed';
import { useGroups } from '../cameras/useGroups';
import { countedFrom } from '../events/eventFilter';
import { ScreenFrame } from '../shell/ScreenFrame';
import { DeleteCapturesDialog } from './DeleteCapturesDialog';
import { CapturePanel } from './detail/CapturePanel';
import { GalleryContent } from './GalleryContent';
import type { GalleryFilter } from './galleryFilter';
import { isFiltered, NO_GALLERY_FILTER, toRequest } from './galleryFilter';
import { GalleryFilterBar } from './GalleryFilterBar';
import { GallerySelectionBar } from './GallerySelectionBar';
import { NewClipDialog } from './NewClipDialog';
import { playerKeys } from './playerKeys';
import { useCaptureCommands } from './useCaptureCommands';
import { useCapturePages } from './useCapturePages';
import '../events/events.css';
import '../events/detail/detail.css';
import './gallery.css';

/** What the screen showed last, while the window is open. */
const remembered: { filter: GalleryFilter; view: View } = { filter: NO_GALLERY_FILTER, view: 'grid' };
const NONE: ReadonlySet<string> = new Set();

/** Clips and snapshots that somebody kept: found, looked at, written on, copied, deleted. */
export function GalleryScreen() {
  const groups = useGroups().data?.groups ?? [];
  const [{ filter, chosenAt }, setChosen] = useState(() => ({
    ...{ filter: remembered.filter, chosenAt: Date.now() },
  }));
  const [view, setView] = useState(remembered.view);
  const loaded = useCapturePages(toRequest(filter, groups, countedFrom(filter.time, chosenAt, useToday())));
  const known = useQuery('captures.tags', {});
  const tags = known.data?.tags ?? [];
  const refetchTags = known.refetch;
  const { captures } = loaded.state;
  const [activeId, setActive] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [isLarge, setLarge] = useState(false);
  const [selected, setSelected] = useState(NONE);
  const [deleting, setDeleting] = useState<readonly Capture[] | null>(null);
  const [isMaking, setMaking] = useState(false);
  const commands = useCaptureCommands();
  const mayExport = useMayCamera('export');
  const layoutRef = useRef<FeedLayout>({
    ...{ columns: 1, rows: 1, toTop: () => undefined, isAtTop: () => true },
  });
  const index = captures.findIndex(({ id }) => id === activeId);
  const current = captures[index] ?? null;

  const { pages } = loaded;
  const hasFresh = loaded.state.fresh.length > 0;
  useEffect(() => {
    // Under somebody who has scrolled down nothing moves: there a button tells.
    if (!hasFresh || !layoutRef.current.isAtTop()) return;
    pages.showFresh();
    refetchTags();
  }, [hasFresh, pages, refetchTags]);

  const onFilter = useCallback((next: GalleryFilter) => {
    remembered.filter = next;
    setSelected(NONE);
    setChosen({ filter: next, chosenAt: Date.now() });
    layoutRef.current.toTop();
  }, []);
  const refresh = () => {
    // "Last hour" is before the moment of the question.
    onFilter(filter);
    loaded.reload();
    known.refetch();
  };
  const onView = (next: View) => {
    remembered.view = next;
    setView(next);
  };
  const onActivate = useCallback((capture: Capture) => {
    setActive(capture.id);
    setOpen(true);
  }, []);
  const onSelect = (capture: Capture, isRange: boolean) => {
    const to = captures.findIndex(({ id }) => id === capture.id);
    const range =
      isRange && index >= 0 ? captures.slice(Math.min(index, to), Math.max(index, to) + 1) : [capture];
    const next = new Set(selected);
    for (const { id } of range)
      if (!isRange && next.has(id)) next.delete(id);
      else next.add(id);
    setSelected(next);
    setActive(capture.id);
  };
  const step = (by: number) => {
    const to = Math.min(captures.length - 1, Math.max(0, index + by));
    const next = captures[index < 0 ? 0 : to];
    // A large picture hides the list, which otherwise asks for more as it is scrolled.
    if (to >= captures.length - 10 && loaded.state.error === null) void loaded.pages.more();
    if (next !== undefined) setActive(next.id);
    return next !== undefined;
  };
  /** The selection, or else the current one. */
  const chosen = (): readonly Capture[] => {
    if (selected.size > 0) return captures.filter(({ id }) => selected.has(id));
    return current === null ? [] : [current];
  };
  const askToDelete = (which: readonly Capture[]) => {
    if (which.length === 0) return false;
    setDeleting(which);
    return true;
  };
  const maySave = (which: readonly Capture[]) => which.every(({ device_id }) => mayExport(device_id));
  const save = (which: readonly Capture[]) => {
    if (which.length === 0 || !maySave(which)) return false;
    void commands.save(which);
    return true;
  };
  const onDelete = async () => {
    const deleted = await commands.remove(deleting ?? []);
    setDeleting(null);
    const gone = new Set(deleted.map(({ id }) => id));
    if (activeId !== null && gone.has(activeId)) {
      const next = captures.slice(index).find(({ id }) => !gone.has(id)) ?? null;
      setActive(next?.id ?? null);
      if (next === null) setOpen(false);
    }
    setSelected(NONE);
    loaded.pages.remove(deleted);
    if (deleted.length > 0) known.refetch();
  };
  const onClose = () => {
    if (selected.size > 0) return setSelected(NONE);
    if (isLarge && isOpen) return setLarge(false);
    setOpen(false);
    document.querySelector<HTMLElement>(`[data-capture-id="${activeId ?? ''}"]`)?.focus();
  };
  useActions({
    'gallery.next': () => step(1),
    'gallery.previous': () => step(-1),
    'gallery.down': () => step(layoutRef.current.columns),
    'gallery.up': () => step(-layoutRef.current.columns),
    'gallery.page-down': () => step(layoutRef.current.columns * layoutRef.current.rows),
    'gallery.page-up': () => step(-layoutRef.current.columns * layoutRef.current.rows),
    'gallery.first': () => step(-captures.length),
    'gallery.last': () => step(captures.length),
    'gallery.open': () => (current === null ? false : setOpen(true)),
    'gallery.close': onClose,
    'gallery.edit': () => {
      if (current === null) return false;
      setOpen(true);
      requestAnimationFrame(() =>
        document.querySelector<HTMLInputElement>('.detail-panel input[name="label"]')?.focus(),
      );
      return true;
    },
    'gallery.save': () => save(chosen()),
    'gallery.delete': () => askToDelete(chosen()),
    'gallery.enlarge': () => (isOpen ? setLarge((before) => !before) : false),
    'gallery.play': playerKeys.toggle,
    'gallery.frame-back': () => playerKeys.step(-1),
    'gallery.frame-on': () => playerKeys.step(1),
    'gallery.select-all': () => setSelected(new Set(captures.map(({ id }) => id))),
    'gallery.view': () => onView(view === 'list' ? 'grid' : 'list'),
    'gallery.search': () => document.querySelector<HTMLInputElement>('.gallery-search input')?.focus(),
    'gallery.new-clip': () => setMaking(true),
  });

  const toolbar = (
    <>
      <RadioGroup
        className="layout-switch"
        orientation="horizontal"
        aria-label={t('gallery.view')}
        value={view}
        onChange={(next) => onView(next as View)}
      >
        <Radio value="grid" className="layout-button event-view-button">
          <GridIcon size={16} />
          {t('events.view.grid')}
        </Radio>
        <Radio value="list" className="layout-button event-view-button">
          <ListIcon size={16} />
          {t('events.view.list')}
        </Radio>
      </RadioGroup>
      <IconButton label={t('gallery.refresh')} onPress={refresh}>
        <ReconnectIcon />
      </IconButton>
      <Button needs="capture.create" onPress={() => setMaking(true)}>
        <ClipIcon size={16} />
        {t('gallery.newClip')}
      </Button>
    </>
  );
  return (
    <ScreenFrame title={t('screen.gallery')} toolbar={toolbar}>
      <GalleryFilterBar
        filter={filter}
        groups={groups}
        tags={tags}
        onChange={onFilter}
        onClear={() => onFilter(NO_GALLERY_FILTER)}
      />
      <div className="events-area">
        {isOpen && isLarge && current !== null ? null : (
          <section className="events-main">
            <GalleryContent
              loaded={loaded}
              view={view}
              isFiltered={isFiltered(filter)}
              activeId={activeId}
              selected={selected}
              layoutRef={layoutRef}
              onActivate={onActivate}
              onSelect={onSelect}
              onClear={() => onFilter(NO_GALLERY_FILTER)}
            />
            {selected.size === 0 ? null : (
              <GallerySelectionBar
                count={selected.size}
                onSave={maySave(chosen()) ? () => save(chosen()) : null}
                onDelete={() => askToDelete(chosen())}
                onClear={() => setSelected(NONE)}
              />
            )}
          </section>
        )}
        {isOpen && current !== null ? (
          <CapturePanel
            capture={current}
            knownTags={tags.map(({ tag }) => tag)}
            isLarge={isLarge}
            onStep={step}
            onLarge={() => setLarge((before) => !before)}
            onKept={(capture) => {
              loaded.pages.replace(capture);
              known.refetch();
            }}
            onSave={() => save([current])}
            onDelete={() => askToDelete([current])}
            onClose={onClose}
          />
        ) : null}
      </div>
      {deleting === null ? null : (
        <DeleteCapturesDialog
          captures={deleting}
          isBusy={commands.isDeleting}
          onConfirm={() => void onDelete()}
          onClose={() => setDeleting(null)}
        />
      )}
      {isMaking ? (
        <DevicesWith right="playback">
          <NewClipDialog
            onClose={() => setMaking(false)}
            onMade={(id) => {
              setMaking(false);
              // A condition may leave it out.
              if (isFiltered(filter)) onFilter(NO_GALLERY_FILTER);
              else loaded.reload();
              setActive(id);
              setOpen(true);
            }}
          />
        </DevicesWith>
      ) : null}
    </ScreenFrame>
  );
}
