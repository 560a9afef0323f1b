import type { Dispatch } from 'react';
import { useKeyText } from '../../../keys/keyText';
import { t } from '../../../strings';
import {
  CameraIcon,
  ClipIcon,
  CloseIcon,
  CollapseIcon,
  ExpandIcon,
  MoreIcon,
  SnapshotIcon,
} from '../../../ui/icons';
import { Menu } from '../../../ui/Menu';
import type { TileCommand } from './Tile';
import type { Capture } from './useCapture';

export interface TileMenuProps {
  readonly isFull: boolean;
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly capture: Capture;
  readonly onCommand: Dispatch<TileCommand>;
}

/** What can be done with a tile. */
export function TileMenu({ isFull, isOpen, onOpenChange, capture, onCommand }: TileMenuProps) {
  const fullKey = useKeyText('tile.toggle-full');
  const snapshotKey = useKeyText('tile.snapshot');
  const clipKey = useKeyText('tile.clip');
  return (
    <Menu
      className="tile-menu"
      label={t('tile.menu')}
      icon={<MoreIcon />}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      entries={[
        isFull
          ? {
              id: 'leave-full',
              label: t('tile.leaveFull'),
              icon: CollapseIcon,
              shortcut: t('key.escape'),
              onAction: () => onCommand('leave-full'),
            }
          : {
              id: 'enter-full',
              label: t('tile.enterFull'),
              icon: ExpandIcon,
              shortcut: fullKey,
              onAction: () => onCommand('enter-full'),
            },
        {
          id: 'snapshot',
          label: t('capture.snapshot'),
          icon: SnapshotIcon,
          shortcut: snapshotKey,
          onAction: () => void capture.snapshot(),
        },
        {
          id: 'clip',
          label: t('capture.clip'),
          icon: ClipIcon,
          shortcut: clipKey,
          onAction: () => void capture.clip(),
        },
        { id: 'choose', label: t('tile.choose'), icon: CameraIcon, onAction: () => onCommand('choose') },
        { id: 'remove', label: t('tile.remove'), icon: CloseIcon, onAction: () => onCommand('remove') },
      ]}
    />
  );
}
