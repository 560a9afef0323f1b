import type { Layout, LayoutKind } from '../../../contract';
import type { CallError } from '../../data/call';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { CloseIcon, PlusIcon } from '../../ui/icons';
import { IconButton } from '../../ui/IconButton';
import { ArrangeIcon, FullScreenIcon, LeaveFullScreenIcon, WindowIcon } from '../../ui/wallIcons';
import { LayoutMenu } from './layouts/LayoutMenu';
import type { LiveDialog } from './LiveDialogs';
import { isWallWindow, thisWindow } from './wall/thisWindow';
import { WallTools } from './WallTools';
import type { WindowsInUse } from './windows/useWindows';

export interface LiveToolbarProps {
  readonly kind: LayoutKind;
  readonly layouts: readonly Layout[];
  /** Why the layouts could not be read; null when they could. */
  readonly layoutsFailure: CallError | null;
  readonly onReadLayouts: () => void;
  /** The named layout that is shown, changed or not; null when none is. */
  readonly current: Layout | null;
  readonly isChanged: boolean;
  readonly isListOpen: boolean;
  readonly isArranging: boolean;
  readonly windows: WindowsInUse;
  readonly onToggleList: () => void;
  readonly onKind: (kind: LayoutKind) => void;
  readonly onArrange: (on: boolean) => void;
  readonly onAddTile: () => void;
  readonly onOpen: (layout: Layout) => void;
  readonly onSave: (layout: Layout) => void;
  readonly onDialog: (dialog: LiveDialog) => void;
}

/** The tools of the wall, beside its title. */
export function LiveToolbar(props: LiveToolbarProps) {
  const { kind, isArranging, windows, onDialog } = props;
  const closing = useCommand('windows.close');
  return (
    <>
      <WallTools
        kind={kind}
        isListOpen={props.isListOpen}
        onToggleList={props.onToggleList}
        onKind={props.onKind}
      />
      {kind !== 'free' ? null : isArranging ? (
        <>
          <Button onPress={props.onAddTile}>
            <PlusIcon size={16} />
            {t('wall.addTile')}
          </Button>
          <Button look="primary" onPress={() => props.onArrange(false)}>
            {t('arrange.stop')}
          </Button>
        </>
      ) : (
        <IconButton label={t('arrange.start')} onPress={() => props.onArrange(true)}>
          <ArrangeIcon />
        </IconButton>
      )}
      <LayoutMenu
        layouts={props.layouts}
        current={props.current}
        isChanged={props.isChanged}
        failure={props.layoutsFailure}
        onRetry={props.onReadLayouts}
        onOpen={props.onOpen}
        onSave={props.onSave}
        onSaveAs={() => onDialog('save')}
        onManage={() => onDialog('manage')}
        onTour={() => onDialog('tour')}
      />
      {isWallWindow ? null : (
        <IconButton label={t('window.open')} onPress={() => onDialog('window')}>
          <WindowIcon />
        </IconButton>
      )}
      <IconButton
        label={t(windows.isFullScreen ? 'wall.leaveFullScreen' : 'wall.fullScreen')}
        onPress={windows.toggleFullScreen}
      >
        {windows.isFullScreen ? <LeaveFullScreenIcon /> : <FullScreenIcon />}
      </IconButton>
      {isWallWindow ? (
        <IconButton label={t('window.close')} onPress={() => void closing.run({ id: thisWindow.id })}>
          <CloseIcon />
        </IconButton>
      ) : null}
    </>
  );
}
