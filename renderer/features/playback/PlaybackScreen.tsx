import type { KeyboardEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LayoutKind } from '../../../contract';
import { MOST_TIMELINE_CAMERAS } from '../../../contract/playback';
import { DevicesWith } from '../../data/DevicesWith';
import { command, query, toCallError } from '../../data/call';
import { useActions } from '../../keys/useAction';
import { t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { Notice } from '../../ui/Notice';
import { toast } from '../../ui/toasts';
import { ListIcon } from '../../ui/wallIcons';
import { LayoutSwitch } from '../live/LayoutSwitch';
import { CameraList } from '../live/list/CameraList';
import type { ListOrder } from '../live/list/cameraGroups';
import { shownOf } from '../live/wall/wallModel';
import { useNavigation } from '../shell/Navigation';
import { ScreenFrame } from '../shell/ScreenFrame';
import { PlaybackClock } from './clock/PlaybackClock';
import { MotionPanel } from './motion/MotionPanel';
import { RegionEditor } from './motion/RegionEditor';
import type { Region } from './motion/region';
import { FIRST_REGION } from './motion/region';
import type { TilePlayer } from './player/TilePlayer';
import { Legend } from './screen/Legend';
import { PlaybackIcon } from './screen/playbackIcons';
import { PlaybackWall } from './screen/PlaybackWall';
import { RangeBar } from './screen/RangeBar';
import { Transport } from './screen/Transport';
import { usePlaybackActions } from './screen/usePlaybackActions';
import { usePlaybackWall } from './screen/usePlaybackWall';
import { usePlaybackSound } from './screen/usePlaybackSound';
import { useRecordedBounds } from './screen/useRecordedBounds';
import { useTicking } from './screen/useTicking';
import type { Selection } from './timeline/paint';
import { Timeline } from './timeline/Timeline';
import type { TimeView } from './timeline/view';
import { around, HOUR, MINUTE, zoomed } from './timeline/view';
import '../live/live.css';
import '../live/tile/tile.css';
import '../live/tile/tools.css';
import '../live/wall/wall.css';
import './playback.css';
import './motion/motion.css';

/** Without a moment to open at: a little before the present. */
const BEFORE_NOW = 30_000;
/** The clock of a stream that has just begun is still finding its level, milliseconds. */
const AFTER_BEGINNING = 500;
/** How far before the newest footage "last" goes: what lies behind is still being written, milliseconds. */
const BEFORE_END = 2000;
const NOTHING: Selection = { from: null, to: null };

/** Recordings of many cameras by one clock and on one time line. */
export function PlaybackScreen() {
  return (
    <DevicesWith right="playback">
      <Screen />
    </DevicesWith>
  );
}

function Screen() {
  const { intent, open } = useNavigation();
  const opensAt = intent.playback?.at ?? null;
  const [clock] = useState(
    () =>
      new PlaybackClock(
        opensAt ?? Date.now() - BEFORE_NOW,
        () => performance.now(),
        () => Date.now(),
      ),
  );
  const wall = usePlaybackWall(intent.playback?.cameraId ?? null);
  const [view, setView] = useState<TimeView>(() =>
    around(clock.position(), opensAt === null ? HOUR : 10 * MINUTE),
  );
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [selected, setSelected] = useState<number | null>(null);
  const [full, setFull] = useState<number | null>(null);
  const [motionId, setMotionId] = useState<string | null>(null);
  const [region, setRegion] = useState<Region>(FIRST_REGION);
  const [isListOpen, setListOpen] = useState(true);
  const [order, setOrder] = useState<ListOrder>('name');

  const players = useRef(new Map<string, TilePlayer>());
  const onPlayer = useCallback((cameraId: string, player: TilePlayer | null) => {
    if (player === null) players.current.delete(cameraId);
    else players.current.set(cameraId, player);
  }, []);
  const allPlayers = useCallback(() => [...players.current.values()], []);
  const selectedId = useRef<string | null>(null);
  const shown = useMemo(() => wall.devices.filter((device) => device !== null), [wall.devices]);
  const cameraIds = useMemo(() => shown.map(({ id }) => id), [shown]);
  const selectedDevice = selected === null ? null : (wall.devices[selected] ?? null);
  useEffect(() => {
    selectedId.current = selectedDevice?.id ?? null;
  }, [selectedDevice]);
  const actions = usePlaybackActions(
    clock,
    allPlayers,
    useCallback(() => selectedId.current, []),
    setView,
  );
  const audio = useRef<HTMLAudioElement>(null);
  const sound = usePlaybackSound(
    clock,
    audio,
    useCallback(() => {
      const all = players.current;
      return all.get(selectedId.current ?? '') ?? (all.size === 1 ? ([...all.values()][0] ?? null) : null);
    }, []),
  );
  useTicking(clock, allPlayers, sound.tick);

  const bounds = useRecordedBounds(shown);
  const first = bounds.data?.first ?? null;
  const last = bounds.data?.last ?? null;
  // Opened without a moment: where there is something to see.
  const hasBegun = useRef(opensAt !== null);
  const { seek } = actions;
  useEffect(() => {
    if (hasBegun.current || last === null) return;
    hasBegun.current = true;
    const at = Math.min(Date.parse(last) - 5000, Date.now() - BEFORE_NOW);
    const begin = Math.max(at, first === null ? at : Date.parse(first) + AFTER_BEGINNING);
    setView(around(begin, HOUR));
    seek(begin);
  }, [seek, first, last]);
  useEffect(() => {
    if (opensAt !== null) clock.play(1);
  }, [clock, opensAt]);

  const preview = useCallback((cameraId: string | null, at: number) => {
    const all = [...players.current.values()];
    const wanted = cameraId ?? selectedId.current;
    const player = all.find((one) => one.cameraId === wanted) ?? (cameraId === null ? all[0] : undefined);
    return player?.preview(at) ?? Promise.resolve(null);
  }, []);

  const motionDevice = shown.find(({ id }) => id === motionId) ?? null;
  const exactPreview = useCallback(
    (at: number) => players.current.get(motionId ?? '')?.preview(at, true) ?? Promise.resolve(null),
    [motionId],
  );
  const zoomBy = (factor: number) => setView((before) => zoomed(before, factor, clock.position()));
  /** Asked for anew: recording has gone on since. */
  const toEnd = (end: 'first' | 'last', by: number) => {
    query('playback.bounds', { camera_ids: cameraIds.slice(0, MOST_TIMELINE_CAMERAS) }).then(
      ({ [end]: at }) => {
        if (at !== null) seek(Date.parse(at) + by);
      },
      () => undefined,
    );
  };
  const mark = (end: 'from' | 'to') => {
    const at = clock.position();
    setSelection((before) => {
      const next = { ...before, [end]: at };
      if (next.from !== null && next.to !== null && next.to <= next.from)
        return end === 'from' ? { from: at, to: null } : { from: null, to: at };
      return next;
    });
  };
  const snapshot = async () => {
    const device = selectedDevice ?? shown[0];
    if (device === undefined) return;
    try {
      const timestamp = new Date(clock.position()).toISOString();
      await command('snapshots.capture-historical', { device_id: device.id, timestamp });
      toast({ tone: 'ok', title: t('playback.snapshotSaved') });
    } catch (error) {
      const { message } = toCallError(error, 'snapshots.capture-historical');
      toast({ tone: 'bad', title: t('playback.snapshotFailed'), text: message });
    }
  };
  const goTo = () => {
    document.querySelector<HTMLInputElement>('.playback-goto-input')?.focus();
  };
  const handlers = {
    'playback.toggle': actions.toggle,
    'playback.reverse': actions.reverse,
    'playback.forward': actions.forward,
    'playback.step-back': () => actions.step('previous'),
    'playback.step-on': () => actions.step('next'),
    'playback.earlier': () => actions.jump(-5000),
    'playback.later': () => actions.jump(5000),
    'playback.minute-earlier': () => actions.jump(-60_000),
    'playback.minute-later': () => actions.jump(60_000),
    'playback.faster': () => actions.changeRate(1),
    'playback.slower': () => actions.changeRate(-1),
    'playback.zoom-in': () => zoomBy(0.5),
    'playback.zoom-out': () => zoomBy(2),
    'playback.first': () => toEnd('first', 0),
    'playback.last': () => toEnd('last', -BEFORE_END),
    'playback.mark-in': () => mark('from'),
    'playback.mark-out': () => mark('to'),
    'playback.clear-marks': () => setSelection(NOTHING),
    'playback.go-to': goTo,
    'playback.snapshot': () => void snapshot(),
    'playback.motion-search': () =>
      setMotionId((before) => (before !== null ? null : ((selectedDevice ?? shown[0])?.id ?? null))),
    'playback.full': () =>
      setFull((before) => (before !== null ? null : selectedDevice === null ? null : selected)),
    'playback.sound': sound.toggle,
    'playback.live': () => open('live'),
  };
  useActions(handlers);

  /** The slider keeps these keys for itself, so it does what they do everywhere. */
  const onTimelineKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const prefix = event.shiftKey ? 'Shift+' : '';
    const act = {
      ArrowLeft: handlers['playback.earlier'],
      ArrowRight: handlers['playback.later'],
      'Shift+ArrowLeft': handlers['playback.minute-earlier'],
      'Shift+ArrowRight': handlers['playback.minute-later'],
      ArrowUp: handlers['playback.zoom-in'],
      ArrowDown: handlers['playback.zoom-out'],
      Home: handlers['playback.first'],
      End: handlers['playback.last'],
      ' ': actions.toggle,
      Enter: actions.toggle,
    }[prefix + event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const onShow = (cameraId: string) => {
    const empty = shownOf(wall.state).indexOf(null);
    const index = selected ?? Math.max(0, empty);
    wall.dispatch({ type: 'assign', index, cameraId });
  };
  const onKind = (kind: LayoutKind) => {
    setFull(null);
    wall.dispatch({ type: 'kind', kind });
  };
  const fullShown = full !== null && wall.devices[full] != null ? full : null;

  const toolbar = (
    <>
      <IconButton
        label={t(isListOpen ? 'list.hide' : 'list.show')}
        aria-expanded={isListOpen}
        onPress={() => setListOpen((before) => !before)}
      >
        <ListIcon />
      </IconButton>
      <LayoutSwitch kind={wall.state.kind} onChange={onKind} />
    </>
  );
  if (wall.all !== null && wall.all.length === 0)
    return (
      <ScreenFrame title={t('screen.playback')}>
        <EmptyState
          icon={PlaybackIcon}
          title={t('playback.noCamerasTitle')}
          text={t('playback.noCamerasText')}
          action={
            <Button look="primary" onPress={() => open('cameras')}>
              {t('playback.toCameras')}
            </Button>
          }
        />
      </ScreenFrame>
    );
  return (
    <ScreenFrame title={t('screen.playback')} toolbar={toolbar}>
      <div className="live-area playback-area">
        {isListOpen ? (
          <CameraList tileOf={wall.tileOf} order={order} onOrder={setOrder} onShow={onShow} />
        ) : null}
        <PlaybackWall
          wall={wall}
          clock={clock}
          selected={selected}
          full={fullShown}
          onSelect={setSelected}
          onFull={setFull}
          onPlayer={onPlayer}
          onMotion={(cameraId) => setMotionId((before) => (before === cameraId ? null : cameraId))}
          motionId={motionDevice?.id ?? null}
          overlay={(ratio) =>
            region.shape === 'whole' ? null : (
              <RegionEditor region={region} onChange={setRegion} ratio={ratio} />
            )
          }
          onJump={(at) => actions.seek(at)}
        />
        {motionDevice === null ? null : (
          <MotionPanel
            key={motionDevice.id}
            device={motionDevice}
            region={region}
            onRegion={setRegion}
            view={view}
            selection={selection}
            onJump={actions.seek}
            preview={exactPreview}
            onClose={() => setMotionId(null)}
          />
        )}
      </div>
      <section className="playback-panel" aria-label={t('playback.timeline')}>
        <audio ref={audio} data-testid="playback-sound" hidden />
        <Transport
          clock={clock}
          cameraIds={cameraIds}
          actions={actions}
          sound={sound}
          onLive={() => open('live')}
        />
        {bounds.error !== null ? (
          <Notice tone="bad" live="status" title={t('playback.readFailed')}>
            {bounds.error.message}
          </Notice>
        ) : bounds.data === null && wall.all === null ? (
          <Busy text={t('playback.loading')} />
        ) : bounds.data !== null && first === null && shown.length > 0 ? (
          <p className="playback-none" role="status" data-testid="playback-none">
            <strong>{t('playback.emptyTitle')}</strong> {t('playback.emptyText')}
          </p>
        ) : null}
        <Timeline
          clock={clock}
          devices={shown}
          view={view}
          onView={setView}
          selection={selection}
          onSelection={setSelection}
          onSeek={actions.seek}
          onKeyDown={onTimelineKey}
          preview={preview}
        />
        <div className="playback-foot">
          <Legend />
          <RangeBar
            selection={selection}
            cameraIds={selectedDevice === null ? cameraIds : [selectedDevice.id]}
            onClear={() => setSelection(NOTHING)}
          />
        </div>
      </section>
    </ScreenFrame>
  );
}
