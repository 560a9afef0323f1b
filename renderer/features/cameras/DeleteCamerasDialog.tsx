import type { Device } from '../../../contract';
import { plural, t } from '../../strings';
import { ConfirmDialog } from '../../ui/ConfirmDialog';

export interface DeleteCamerasDialogProps {
  readonly devices: readonly Device[];
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** One question for all of them, which names each. */
export function DeleteCamerasDialog({ devices, isBusy, onConfirm, onClose }: DeleteCamerasDialogProps) {
  return (
    <ConfirmDialog
      title={plural('deleteMany.title', devices.length)}
      action={plural('deleteMany.action', devices.length)}
      look="danger"
      isBusy={isBusy}
      onConfirm={onConfirm}
      onCancel={onClose}
    >
      <p>{t('deleteMany.text')}</p>
      {/* Reachable with the keyboard, since it scrolls. */}
      <ul className="delete-names" tabIndex={0} aria-label={t('deleteMany.list')}>
        {devices.map(({ id, name, location }) => (
          <li key={id}>
            {name}
            {location === null ? null : <span className="second-line">{location}</span>}
          </li>
        ))}
      </ul>
      <p>{t('deleteMany.recordings')}</p>
    </ConfirmDialog>
  );
}
