import type { LayoutKind } from '../../../contract';
import { t } from '../../strings';
import { IconButton } from '../../ui/IconButton';
import { ListIcon } from '../../ui/wallIcons';
import { LayoutSwitch } from './LayoutSwitch';

export interface WallToolsProps {
  readonly kind: LayoutKind;
  readonly isListOpen: boolean;
  readonly onToggleList: () => void;
  readonly onKind: (kind: LayoutKind) => void;
}

/** What every wall has beside its title: its list of cameras, and how its tiles lie. */
export function WallTools({ kind, isListOpen, onToggleList, onKind }: WallToolsProps) {
  return (
    <>
      <IconButton
        label={t(isListOpen ? 'list.hide' : 'list.show')}
        aria-expanded={isListOpen}
        onPress={onToggleList}
      >
        <ListIcon />
      </IconButton>
      <LayoutSwitch kind={kind} onChange={onKind} />
    </>
  );
}
