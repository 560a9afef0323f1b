import type { CameraGroup, Device } from '../../../contract';
import { plural } from '../../strings';
import { BulkAddDialog } from './bulkAdd/BulkAddDialog';
import { DetectionDialog } from '../detection/DetectionDialog';
import { CameraDialog } from './CameraDialog';
import { DeleteCameraDialog } from './DeleteCameraDialog';
import { DeleteCamerasDialog } from './DeleteCamerasDialog';
import { GroupsDialog } from './GroupsDialog';
import { MembershipDialog } from './MembershipDialog';
import { ScheduleDialog } from './schedule/ScheduleDialog';
import type { BulkActions } from './useBulkAction';

/** The dialog that stands in front of the Cameras screen. */
export type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit' | 'clone'; readonly device: Device }
  | { readonly kind: 'delete' | 'membership' | 'schedule'; readonly devices: readonly Device[] }
  | { readonly kind: 'detection'; readonly device: Device }
  | { readonly kind: 'groups' | 'add-many' };

export interface CamerasDialogsProps {
  readonly open: Open | null;
  readonly groups: readonly CameraGroup[];
  readonly bulk: BulkActions;
  readonly onClose: () => void;
}

export function CamerasDialogs({ open, groups, bulk, onClose }: CamerasDialogsProps) {
  switch (open?.kind) {
    case undefined:
      return null;
    case 'add':
    case 'edit':
    case 'clone':
      return <CameraDialog task={open} onClose={onClose} />;
    case 'add-many':
      return <BulkAddDialog onClose={onClose} />;
    case 'detection':
      return <DetectionDialog device={open.device} onClose={onClose} />;
    case 'groups':
      return <GroupsDialog onClose={onClose} />;
    case 'membership':
      return <MembershipDialog devices={open.devices} groups={groups} onClose={onClose} />;
    case 'schedule': {
      const { devices } = open;
      const [first] = devices;
      // Different schedules: the grid begins with that of the first.
      return (
        <ScheduleDialog
          title={plural('schedule.titleMany', devices.length)}
          schedule={first?.schedule ?? null}
          isBusy={bulk.running}
          onApply={(schedule) => void bulk.apply('schedule', devices, schedule).then(onClose)}
          onClose={onClose}
        />
      );
    }
    case 'delete': {
      const { devices } = open;
      const [only] = devices;
      if (only !== undefined && devices.length === 1)
        return <DeleteCameraDialog device={only} onClose={onClose} />;
      return (
        <DeleteCamerasDialog
          devices={devices}
          isBusy={bulk.running}
          onConfirm={() => void bulk.apply('delete', devices).then(onClose)}
          onClose={onClose}
        />
      );
    }
  }
}
