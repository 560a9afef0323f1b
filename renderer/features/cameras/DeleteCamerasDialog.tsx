import type { Device } from '../../../contract';
import { plural, t } from '../../strings';
import { DeleteManyDialog } from '../../ui/DeleteManyDialog';

export interface DeleteCamerasDialogProps {
  readonly devices: readonly Device[];
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** One question for all of them, which names each. */
export function DeleteCamerasDialog({ devices, isBusy, onConfirm, onClose }: DeleteCamerasDialogProps) {
  return (
    <DeleteManyDialog
      title={plural('deleteMany.title', devices.length)}
      action={plural('deleteMany.action', devices.length)}
      listLabel={t('deleteMany.list')}
      before={<p>{t('deleteMany.text')}</p>}
      names={devices.map(({ id, name, location }) => (
        <li key={id}>
          {name}
          {location === null ? null : <span className="second-line">{location}</span>}
        </li>
      ))}
      {...{ isBusy, onConfirm, onClose }}
    >
      <p>{t('deleteMany.recordings')}</p>
    </DeleteManyDialog>
  );
}
