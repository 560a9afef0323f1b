import { useCallback, useMemo, useRef, useState } from 'react';
import type { LayoutKind } from '../../../contract';
import { DevicesWith } from '../../data/DevicesWith';
import { useAction } from '../../keys/useAction';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { CameraList } from '../live/list/CameraList';
import type { ListOrder } from '../live/list/cameraGroups';
import { useFullTile } from '../live/wall/useFullTile';
import { shownOf } from '../live/wall/wallModel';
import { WallTools } from '../live/WallTools';
import { useNavigation } from '../shell/Navigation';
import { ScreenFrame } from '../shell/ScreenFrame';
import { MotionPanel } from './motion/MotionPanel';
import { useMotionTool } from './motion/useMotionTool';
import { PlaybackIcon } from './screen/playbackIcons';
import { PlaybackPanel } from './screen/PlaybackPanel';
import { PlaybackWall } from './screen/PlaybackWall';
import { takeSnapshot } from './screen/takeSnapshot';
import { useMarkedRange } from './screen/useMarkedRange';
import { useKeptFootage, useOpening } from './screen/useOpening';
import { usePlaybackActions } from './screen/usePlaybackActions';
import { usePlaybackKeys } from './screen/usePlaybackKeys';
import { usePlaybackSound } from './screen/usePlaybackSound';
import { usePlaybackWall } from './screen/usePlaybackWall';
import { usePlayers } from './screen/usePlayers';
import { useTicking } from './screen/useTicking';
import { zoomed } from './timeline/view';
import '../live/live.css';
import '../live/tile/tile.css';
import '../live/tile/tools.css';
import '../live/wall/wall.css';
import './playback.css';
import './motion/motion.css';

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
  const opening = useOpening(opensAt);
  const { clock, view, setView } = opening;
  const wall = usePlaybackWall(intent.playback?.cameraId ?? null);
  const [selected, setSelected] = useState<number | null>(null);
  const [full, setFull] = useFullTile(wall.devices);
  const [isListOpen, setListOpen] = useState(true);
  const [order, setOrder] = useState<ListOrder>('name');
  const [searched, setSearched] = useState(0);
  const shown = useMemo(() => wall.devices.filter((device) => device !== null), [wall.devices]);
  const cameraIds = useMemo(() => shown.map(({ id }) => id), [shown]);
  const selectedDevice = selected === null ? null : (wall.devices[selected] ?? null);
  const meant = selectedDevice ?? shown[0];

  const players = usePlayers(selectedDevice?.id ?? null);
  const actions = usePlaybackActions(clock, players.all, players.selectedId, setView);
  const audio = useRef<HTMLAudioElement>(null);
  const sound = usePlaybackSound(clock, audio, players.heard);
  useTicking(clock, players.all, sound.tick);
  const kept = useKeptFootage(shown, opening, opensAt, actions.seek);
  const range = useMarkedRange(clock);
  const motion = useMotionTool(shown);
  const motionId = motion.device?.id ?? null;
  const { exactPreview } = players;
  const motionPreview = useCallback(
    (at: number) => exactPreview(motionId ?? '', at),
    [exactPreview, motionId],
  );
  const onSearched = useCallback(() => setSearched((before) => before + 1), []);

  const onTimelineKey = usePlaybackKeys({
    actions,
    onZoom: (factor) => setView((before) => zoomed(before, factor, clock.position())),
    onMark: range.mark,
    onClearMarks: range.clear,
    onSnapshot: () => void takeSnapshot(meant, clock.position()),
    onMotion: () => motion.flip(meant?.id ?? null),
    onFull: () => setFull(full !== null || selectedDevice === null ? null : selected),
    onSound: sound.toggle,
    onLive: () => open('live'),
  });
  useAction('playback.leave-full', () => setFull(null), { enabled: full !== null });
  const onShow = (cameraId: string) => {
    const empty = shownOf(wall.state).indexOf(null);
    wall.dispatch({ type: 'assign', index: selected ?? Math.max(0, empty), cameraId });
  };
  const onKind = (kind: LayoutKind) => {
    setFull(null);
    wall.dispatch({ type: 'kind', kind });
  };

  if (wall.all !== null && wall.all.length === 0) return <NoCameras onCameras={() => open('cameras')} />;
  return (
    <ScreenFrame
      title={t('screen.playback')}
      toolbar={
        <WallTools
          kind={wall.state.kind}
          isListOpen={isListOpen}
          onToggleList={() => setListOpen((before) => !before)}
          onKind={onKind}
        />
      }
    >
      <div className="live-area playback-area">
        {isListOpen ? (
          <CameraList tileOf={wall.tileOf} order={order} onOrder={setOrder} onShow={onShow} />
        ) : null}
        <PlaybackWall
          wall={wall}
          clock={clock}
          selected={selected}
          full={full}
          onSelect={setSelected}
          onFull={setFull}
          onPlayer={players.onPlayer}
          onMotion={motion.toggle}
          motionId={motionId}
          overlay={motion.overlay}
          onJump={actions.seek}
        />
        {motion.device === null ? null : (
          <MotionPanel
            key={motion.device.id}
            device={motion.device}
            region={motion.region}
            onRegion={motion.setRegion}
            view={view}
            selection={range.selection}
            onJump={actions.seek}
            preview={motionPreview}
            onSearched={onSearched}
            onClose={motion.close}
          />
        )}
      </div>
      <audio ref={audio} data-testid="playback-sound" hidden />
      <PlaybackPanel
        opening={opening}
        devices={shown}
        cameraIds={cameraIds}
        selectedId={selectedDevice?.id ?? null}
        actions={actions}
        players={players}
        sound={sound}
        range={range}
        kept={kept}
        news={searched}
        onTimelineKey={onTimelineKey}
        onLive={() => open('live')}
      />
    </ScreenFrame>
  );
}

function NoCameras({ onCameras }: { readonly onCameras: () => void }) {
  return (
    <ScreenFrame title={t('screen.playback')}>
      <EmptyState
        icon={PlaybackIcon}
        title={t('playback.noCamerasTitle')}
        text={t('playback.noCamerasText')}
        action={
          <Button look="primary" onPress={onCameras}>
            {t('playback.toCameras')}
          </Button>
        }
      />
    </ScreenFrame>
  );
}
