import type { Dispatch } from 'react';
import type { Layout } from '../../../contract';
import { CameraPicker } from './CameraPicker';
import { ManageLayoutsDialog } from './layouts/ManageLayoutsDialog';
import { SaveLayoutDialog } from './layouts/SaveLayoutDialog';
import { TourDialog } from './tour/TourDialog';
import type { TourPlan } from './wall/tour';
import type { WallAction, WallState } from './wall/wallModel';
import { contentOf, shownOf } from './wall/wallModel';
import { OpenWindowDialog } from './windows/OpenWindowDialog';
import type { WindowsState } from './windows/useWindows';

/** `pick`: chooses the camera of a tile. */
export type LiveDialog = 'save' | 'manage' | 'tour' | 'window' | { readonly pick: number };

export interface LiveDialogsProps {
  /** Null while none is open. */
  readonly dialog: LiveDialog | null;
  readonly state: WallState;
  readonly dispatch: Dispatch<WallAction>;
  readonly layouts: readonly Layout[];
  readonly current: Layout | null;
  readonly windows: WindowsState | null;
  /** The tour of the last time. */
  readonly plan: TourPlan | null;
  readonly onTour: (plan: TourPlan) => void;
  readonly onClose: () => void;
}

/** The dialogs of the wall. */
export function LiveDialogs(props: LiveDialogsProps) {
  const { dialog, state, dispatch, layouts, windows, onClose } = props;
  if (dialog === null) return null;
  if (typeof dialog === 'object')
    return (
      <CameraPicker
        index={dialog.pick}
        tiles={shownOf(state)}
        onClose={onClose}
        onPick={(cameraId) => {
          dispatch({ type: 'assign', index: dialog.pick, cameraId });
          onClose();
        }}
      />
    );
  switch (dialog) {
    case 'save':
      return (
        <SaveLayoutDialog
          content={contentOf(state)}
          onClose={onClose}
          onSaved={({ id }) => {
            dispatch({ type: 'named', layoutId: id });
            onClose();
          }}
        />
      );
    case 'manage':
      return <ManageLayoutsDialog layouts={layouts} onClose={onClose} />;
    case 'tour':
      return <TourDialog layouts={layouts} plan={props.plan} onStart={props.onTour} onClose={onClose} />;
    case 'window':
      return windows === null ? null : (
        <OpenWindowDialog layouts={layouts} current={props.current} windows={windows} onClose={onClose} />
      );
  }
}
