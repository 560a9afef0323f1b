import type { KeyboardEvent } from 'react';
import { useCallback, useState } from 'react';
import type { Device } from '../../../../contract';
import { t } from '../../../strings';
import { Busy } from '../../../ui/Busy';
import { Notice } from '../../../ui/Notice';
import { Timeline } from '../timeline/Timeline';
import { Legend } from './Legend';
import { RangeBar } from './RangeBar';
import { Transport } from './Transport';
import type { MarkedRange } from './useMarkedRange';
import type { KeptFootage, Opening } from './useOpening';
import type { PlaybackActions } from './usePlaybackActions';
import type { PlaybackSound } from './usePlaybackSound';
import type { Players } from './usePlayers';

export interface PlaybackPanelProps {
  readonly opening: Opening;
  readonly devices: readonly Device[];
  readonly cameraIds: readonly string[];
  /** Whose range it is; null: that of all tiles. */
  readonly selectedId: string | null;
  readonly actions: PlaybackActions;
  readonly players: Players;
  readonly sound: PlaybackSound;
  readonly range: MarkedRange;
  readonly kept: KeptFootage;
  /** Grows when there is something new to show on the time line. */
  readonly news: number;
  readonly onTimelineKey: (event: KeyboardEvent) => void;
  readonly onLive: () => void;
}

/** Below the tiles: what plays them, and the time line. */
export function PlaybackPanel(props: PlaybackPanelProps) {
  const { opening, devices, cameraIds, selectedId, actions, players, range, kept } = props;
  const { clock, view, setView } = opening;
  const [marked, setMarked] = useState(0);
  const onMarked = useCallback(() => setMarked((before) => before + 1), []);
  return (
    <section className="playback-panel" aria-label={t('playback.timeline')}>
      <Transport
        clock={clock}
        cameraIds={cameraIds}
        actions={actions}
        sound={props.sound}
        onLive={props.onLive}
      />
      {kept.error !== null ? (
        <Notice tone="bad" live="status" title={t('playback.readFailed')}>
          {kept.error.message}
        </Notice>
      ) : kept.isLoading && devices.length === 0 ? (
        <Busy text={t('playback.loading')} />
      ) : kept.isEmpty ? (
        <p className="playback-none" role="status" data-testid="playback-none">
          <strong>{t('playback.emptyTitle')}</strong> {t('playback.emptyText')}
        </p>
      ) : null}
      <Timeline
        clock={clock}
        devices={devices}
        view={view}
        onView={setView}
        selection={range.selection}
        onSelection={range.select}
        onSeek={actions.seek}
        onKeyDown={props.onTimelineKey}
        preview={players.preview}
        news={props.news + marked}
      />
      <div className="playback-foot">
        <Legend />
        <RangeBar
          selection={range.selection}
          cameraIds={selectedId === null ? cameraIds : [selectedId]}
          onMarked={onMarked}
          onClear={range.clear}
        />
      </div>
    </section>
  );
}
