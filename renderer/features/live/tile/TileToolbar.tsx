import { Toolbar } from 'react-aria-components';
import type { TileActionId } from '../../../keys/actions/tile';
import { useKeyTexts } from '../../../keys/keyText';
import { t } from '../../../strings';
import { IconButton } from '../../../ui/IconButton';
import { ClipIcon, CollapseIcon, ExpandIcon, SnapshotIcon } from '../../../ui/icons';
import { BackIcon, SoundIcon, SoundOffIcon, StatisticsIcon } from './tileIcons';
import type { TileSound } from './useSound';

export interface TileToolbarProps {
  readonly isFull: boolean;
  readonly isLive: boolean;
  readonly isReplayOpening: boolean;
  /** The user may see what the camera recorded. */
  readonly mayPlay: boolean;
  readonly sound: TileSound;
  readonly hasStatistics: boolean;
  readonly onAction: (id: TileActionId) => void;
}

/** Tools that show or keep what the camera recorded. */
const OF_FOOTAGE = new Set<TileActionId>(['tile.clip', 'tile.back']);

/** What is done most with a picture; shown while the tile is pointed at or has the focus. */
export function TileToolbar(props: TileToolbarProps) {
  const { isFull, isLive, mayPlay, sound, hasStatistics, onAction } = props;
  const keyOf = useKeyTexts();
  const tools = [
    {
      id: 'tile.snapshot',
      label: t('capture.snapshot'),
      icon: SnapshotIcon,
      isDisabled: !isLive,
      needs: 'capture.create',
    },
    {
      id: 'tile.clip',
      label: t('capture.clip'),
      icon: ClipIcon,
      isDisabled: !isLive,
      needs: 'capture.create',
    },
    { id: 'tile.back', label: t('replay.back'), icon: BackIcon, isDisabled: props.isReplayOpening },
    {
      id: 'tile.sound',
      label: t(!sound.isAvailable ? 'sound.none' : sound.isHeard ? 'sound.mute' : 'sound.listen'),
      icon: sound.isHeard ? SoundIcon : SoundOffIcon,
      isDisabled: !sound.isAvailable,
      isOn: sound.isHeard,
    },
    { id: 'tile.statistics', label: t('stats.label'), icon: StatisticsIcon, isOn: hasStatistics },
    {
      id: 'tile.toggle-full',
      label: t(isFull ? 'tile.leaveFull' : 'tile.enterFull'),
      icon: isFull ? CollapseIcon : ExpandIcon,
    },
  ] as const;
  return (
    <Toolbar className="tile-tools" aria-label={t('tile.tools')} data-testid="tile-tools">
      {tools
        .filter(({ id }) => mayPlay || !OF_FOOTAGE.has(id))
        .map((tool) => (
          <IconButton
            key={tool.id}
            label={withKey(tool.label, keyOf(tool.id))}
            className={'isOn' in tool && tool.isOn ? 'tile-tool tile-tool-on' : 'tile-tool'}
            isDisabled={'isDisabled' in tool && tool.isDisabled}
            {...('needs' in tool ? { needs: tool.needs } : {})}
            onPress={() => onAction(tool.id)}
          >
            <tool.icon size={17} />
          </IconButton>
        ))}
    </Toolbar>
  );
}

/** `Snapshot (S)`, as a tooltip shows it. */
function withKey(name: string, key: string | undefined): string {
  return key === undefined ? name : t('tile.withKey', { name, key });
}
