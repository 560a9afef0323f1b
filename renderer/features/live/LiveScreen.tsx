import { useCallback, useEffect, useState } from 'react';
import type { Layout, LayoutKind } from '../../../contract';
import { MOST_TILES } from '../../../contract/layouts';
import { DevicesWith } from '../../data/DevicesWith';
import { useCommand } from '../../data/useCommand';
import { useAction, useActions } from '../../keys/useAction';
import { t } from '../../strings';
import { toast } from '../../ui/toasts';
import { RecentEvents } from '../events/recent/RecentEvents';
import { ScreenFrame } from '../shell/ScreenFrame';
import type { LiveDialog } from './LiveDialogs';
import { LiveDialogs } from './LiveDialogs';
import { LiveToolbar } from './LiveToolbar';
import { useLayouts } from './layouts/useLayouts';
import { CameraList } from './list/CameraList';
import type { TileCommand } from './tile/Tile';
import { TourBar } from './tour/TourBar';
import { useTour } from './tour/useTour';
import { roomForNew } from './wall/arrangement';
import { isWallWindow, thisWindow } from './wall/thisWindow';
import { useFullTile } from './wall/useFullTile';
import { useWall } from './wall/useWall';
import { readView, writeView } from './wall/viewStorage';
import { Wall } from './wall/Wall';
import { contentOf, sameContent, shownOf } from './wall/wallModel';
import { useOwnWindow } from './windows/useOwnWindow';
import { useWindows } from './windows/useWindows';
import './live.css';
import './tile/tile.css';
import './wall/wall.css';

/** Live pictures on the wall, and the cameras beside it. */
export function LiveScreen() {
  return (
    <DevicesWith right="live">
      <Screen />
    </DevicesWith>
  );
}

function Screen() {
  const { layouts, error: layoutsFailure, refetch: readLayouts } = useLayouts();
  const windows = useWindows();
  const { state, dispatch, places, devices, tileOf } = useWall(layouts);
  const [view, setView] = useState(() => readView(window.localStorage, thisWindow.id));
  const [fullShown, setFull] = useFullTile(devices);
  const [selected, setSelected] = useState<number | null>(null);
  const [isArranging, setArranging] = useState(false);
  const [dialog, setDialog] = useState<LiveDialog | null>(null);
  const update = useCommand('layouts.update');

  const selectedShown = selected !== null && selected < places.length ? selected : null;
  const arranging = isArranging && state.kind === 'free' && fullShown === null;
  const current = layouts?.find(({ id }) => id === state.layoutId) ?? null;
  const isChanged = current !== null && !sameContent(contentOf(state), current.content);

  const openLayout = useCallback(
    (layout: Layout) => {
      setFull(null);
      setArranging(false);
      dispatch({ type: 'open', layoutId: layout.id, content: layout.content });
    },
    [dispatch, setFull],
  );
  const tour = useTour(layouts, view.isTouring ? view.plan : null, openLayout);

  const isTouring = tour.tour !== null;
  useEffect(() => {
    writeView(window.localStorage, thisWindow.id, { ...view, isTouring });
  }, [view, isTouring]);
  useEffect(() => {
    if (fullShown === null) return;
    document.documentElement.dataset['fullWindow'] = 'true';
    return () => {
      delete document.documentElement.dataset['fullWindow'];
    };
  }, [fullShown]);

  const title = current?.name ?? t('window.untitled');
  useOwnWindow(title, windows.state);

  const { pause } = tour;
  const onKind = useCallback(
    (kind: LayoutKind) => {
      pause();
      setFull(null);
      dispatch({ type: 'kind', kind });
    },
    [dispatch, pause, setFull],
  );
  const onOpen = useCallback(
    (layout: Layout) => {
      pause();
      openLayout(layout);
    },
    [pause, openLayout],
  );
  const onToggleList = () => setView((before) => ({ ...before, isListOpen: !before.isListOpen }));
  const onStepLayout = (by: 1 | -1) => () => {
    if (layouts === null || layouts.length === 0) return false;
    const at = layouts.findIndex(({ id }) => id === state.layoutId);
    const from = at < 0 && by < 0 ? 0 : at;
    const next = layouts[(from + by + layouts.length) % layouts.length];
    if (next !== undefined) onOpen(next);
    return true;
  };
  const choose = (kind: LayoutKind) => () => onKind(kind);
  useActions({
    'live.layout-single': choose('1'),
    'live.layout-2x2': choose('2x2'),
    'live.layout-3x3': choose('3x3'),
    'live.layout-4x4': choose('4x4'),
    'live.layout-1+5': choose('1+5'),
    'live.layout-1+7': choose('1+7'),
    'live.layout-free': choose('free'),
    'live.next-layout': onStepLayout(1),
    'live.previous-layout': onStepLayout(-1),
    'live.save-layout': () => (current !== null && isChanged ? void onSave(current) : setDialog('save')),
    'live.camera-list': onToggleList,
    'live.search-cameras': () => {
      setView((before) => (before.isListOpen ? before : { ...before, isListOpen: true }));
      // After the list has appeared.
      requestAnimationFrame(() => document.querySelector<HTMLInputElement>('.camera-list input')?.focus());
    },
    'live.tour': () => {
      if (tour.tour === null) setDialog('tour');
      else if (tour.tour.pausedAt === null) pause();
      else tour.resume();
    },
  });
  useAction('live.arrange', () => setArranging((before) => !before), { enabled: state.kind === 'free' });
  useAction('live.leave-full', () => setFull(null), { enabled: fullShown !== null });

  const onAdd = useCallback(
    (cameraId: string | null, point: { x: number; y: number } | null) => {
      if (state.places.length >= MOST_TILES)
        toast({ tone: 'info', title: t('wall.sixteen'), text: t('wall.sixteenText') });
      else if (roomForNew(state.places, point) === null)
        toast({ tone: 'info', title: t('wall.noRoom'), text: t('wall.noRoomText') });
      else dispatch({ type: 'add', cameraId, point });
    },
    [state.places, dispatch],
  );
  /** Enter in the list: the selected tile, otherwise the first empty one, otherwise a new one. */
  const onShow = (cameraId: string) => {
    const empty = shownOf(state).indexOf(null);
    const index = selectedShown ?? (empty < 0 ? null : empty);
    if (index !== null) dispatch({ type: 'assign', index, cameraId });
    else if (state.kind === 'free') onAdd(cameraId, null);
    else if (!tileOf.has(cameraId))
      toast({ tone: 'info', title: t('wall.allTaken'), text: t('wall.allTakenText') });
  };
  const onCommand = (index: number, command: TileCommand) => {
    switch (command) {
      case 'choose':
        return setDialog({ pick: index });
      case 'remove':
        setFull(null);
        return dispatch({ type: 'empty', index });
      case 'enter-full':
        return setFull(index);
      case 'leave-full':
        return setFull(null);
    }
  };
  const onSave = async (layout: Layout) => {
    const saved = await update.run({ id: layout.id, content: contentOf(state) });
    if (saved.ok) toast({ tone: 'ok', title: t('layouts.saved', { name: layout.name }) });
    else toast({ tone: 'bad', title: t('layouts.saveFailed'), text: saved.error.message });
  };
  const closeDialog = () => setDialog(null);
  const toolbar = (
    <LiveToolbar
      kind={state.kind}
      layouts={layouts ?? []}
      layoutsFailure={layoutsFailure}
      onReadLayouts={readLayouts}
      current={current}
      isChanged={isChanged}
      isListOpen={view.isListOpen}
      isArranging={arranging}
      windows={windows}
      onToggleList={onToggleList}
      onKind={onKind}
      onArrange={setArranging}
      onAddTile={() => onAdd(null, null)}
      onOpen={onOpen}
      onSave={(layout) => void onSave(layout)}
      onDialog={setDialog}
    />
  );

  return (
    <ScreenFrame title={isWallWindow ? title : t('screen.live')} toolbar={toolbar}>
      {tour.tour === null || fullShown !== null ? null : (
        <TourBar
          tour={tour.tour}
          name={tour.layout?.name ?? ''}
          onPause={tour.pause}
          onResume={tour.resume}
          onStep={tour.step}
          onEnd={tour.end}
        />
      )}
      <div className="live-area" onPointerDownCapture={pause} onKeyDownCapture={pause}>
        {view.isListOpen ? (
          <CameraList
            tileOf={tileOf}
            order={view.listOrder}
            onOrder={(listOrder) => setView((before) => ({ ...before, listOrder }))}
            onShow={onShow}
          />
        ) : null}
        <Wall
          kind={state.kind}
          places={places}
          devices={devices}
          full={fullShown}
          selected={selectedShown}
          isArranging={arranging}
          onSelect={setSelected}
          onCommand={onCommand}
          onAssign={(index, cameraId) => dispatch({ type: 'assign', index, cameraId })}
          onSwap={(from, to) => dispatch({ type: 'swap', from, to })}
          onAdd={onAdd}
          onPlace={(index, place) => dispatch({ type: 'place', index, place })}
          onDiscard={(index) => dispatch({ type: 'discard', index })}
          onArranged={() => setArranging(false)}
        />
        {fullShown === null ? <RecentEvents windowId={thisWindow.id} /> : null}
      </div>
      <LiveDialogs
        dialog={dialog}
        state={state}
        dispatch={dispatch}
        layouts={layouts ?? []}
        current={current}
        windows={windows.state}
        plan={view.plan}
        onClose={closeDialog}
        onTour={(plan) => {
          setView((before) => ({ ...before, plan }));
          tour.start(plan);
          closeDialog();
        }}
      />
    </ScreenFrame>
  );
}
