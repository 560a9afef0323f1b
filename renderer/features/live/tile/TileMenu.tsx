import type { Dispatch } from 'react';
import type { TileActionId } from '../../../keys/actions/tile';
import { useKeyTexts } from '../../../keys/keyText';
import { t } from '../../../strings';
import {
  CameraIcon,
  ClipIcon,
  CloseIcon,
  CollapseIcon,
  ExpandIcon,
  LiveIcon,
  MoreIcon,
  SettingsIcon,
  SnapshotIcon,
} from '../../../ui/icons';
import type { MenuEntry } from '../../../ui/Menu';
import { Menu } from '../../../ui/Menu';
import type { TileCommand } from './Tile';
import { useOverlaySettings } from '../../overlay/overlayStoreOfWindow';
import { PlaybackIcon } from '../../playback/screen/playbackIcons';
import { BackIcon, DetectionIcon, StatisticsIcon } from './tileIcons';

export interface TileMenuProps {
  readonly isFull: boolean;
  readonly isReplay: boolean;
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onAction: (id: TileActionId) => void;
  readonly onCommand: Dispatch<TileCommand>;
  /** Shows what is seen now on the Playback screen; null for who may not see what the camera recorded. */
  readonly onPlayback: (() => void) | null;
}

/** What can be done with a tile. */
export function TileMenu(props: TileMenuProps) {
  const { isFull, isReplay, isOpen, onOpenChange, onAction, onCommand, onPlayback } = props;
  const keyOf = useKeyTexts();
  const { enabled: hasOverlay } = useOverlaySettings();
  const action = (
    id: TileActionId,
    label: string,
    icon: MenuEntry['icon'],
    shortcut = keyOf(id),
  ): MenuEntry => ({
    id,
    label,
    icon,
    ...(shortcut === undefined ? {} : { shortcut }),
    onAction: () => onAction(id),
  });
  const ofFootage = (openPlayback: () => void): MenuEntry[] => [
    {
      ...action('tile.clip', t(isReplay ? 'capture.clipOfReplay' : 'capture.clip'), ClipIcon),
      needs: 'capture.create',
    },
    isReplay
      ? action('tile.live', t('replay.live'), LiveIcon)
      : action('tile.back', t('replay.back'), BackIcon),
    {
      id: 'playback',
      label: t('playback.openAt'),
      icon: PlaybackIcon,
      onAction: openPlayback,
      needs: 'playback.watch',
    },
  ];
  return (
    <Menu
      className="tile-menu"
      label={t('tile.menu')}
      icon={<MoreIcon />}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      entries={[
        isFull
          ? action('tile.toggle-full', t('tile.leaveFull'), CollapseIcon, t('key.escape'))
          : action('tile.toggle-full', t('tile.enterFull'), ExpandIcon),
        { ...action('tile.snapshot', t('capture.snapshot'), SnapshotIcon), needs: 'capture.create' },
        ...(onPlayback === null ? [] : ofFootage(onPlayback)),
        action('tile.statistics', t('stats.label'), StatisticsIcon),
        action('tile.overlay', t(hasOverlay ? 'overlay.hide' : 'overlay.show'), DetectionIcon),
        action('tile.overlay-settings', t('overlay.settings'), SettingsIcon),
        { id: 'choose', label: t('tile.choose'), icon: CameraIcon, onAction: () => onCommand('choose') },
        { id: 'remove', label: t('tile.remove'), icon: CloseIcon, onAction: () => onCommand('remove') },
      ]}
    />
  );
}
