import { Checkbox } from 'react-aria-components';
import type { CameraAccess } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { useQuery } from '../../data/useQuery';
import { t } from '../../strings';
import { CheckIcon } from '../../ui/icons';
import '../../ui/field.css';
import type { CameraRight } from './cameraRights';
import { CAMERA_RIGHTS, shareOf, withRight } from './cameraRights';

export interface CameraRightsProps {
  readonly value: readonly CameraAccess[];
  readonly onChange: (value: readonly CameraAccess[]) => void;
}

/** What may be done with each camera; a group's row gives to all of its cameras at once. */
export function CameraRights({ value, onChange }: CameraRightsProps) {
  const { devices } = useDevices();
  const groups = useQuery('groups.list', {}).data?.groups ?? [];
  const cameras = devices ?? [];
  if (cameras.length === 0) return <p className="setting-hint">{t('users.noCameras')}</p>;
  const rows = [
    { key: 'all', label: t('users.everyCamera'), ids: cameras.map(({ id }) => id), isGroup: true },
    ...groups
      .filter(({ camera_ids }) => camera_ids.length > 0)
      .map((group) => ({
        ...{ key: group.id, label: t('users.group', { name: group.name }) },
        ...{ ids: group.camera_ids, isGroup: true },
      })),
    ...cameras.map(({ id, name }) => ({ key: id, label: name, ids: [id], isGroup: false })),
  ];
  return (
    <div className="user-cameras">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('users.cameras')}</th>
            {CAMERA_RIGHTS.map((right) => (
              <th key={right} scope="col">
                {t(`users.${right}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, ids, isGroup }) => (
            <tr key={key} className={isGroup ? 'user-cameras-group' : ''}>
              <td>{label}</td>
              {CAMERA_RIGHTS.map((right) => (
                <td key={right}>
                  <Mark
                    label={t('users.rightOf', { right: t(`users.${right}`), camera: label })}
                    share={shareOf(value, ids, right)}
                    onChange={(on) => onChange(withRight(value, ids, right satisfies CameraRight, on))}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Mark(props: {
  readonly label: string;
  readonly share: 'all' | 'some' | 'none';
  readonly onChange: (on: boolean) => void;
}) {
  const { label, share, onChange } = props;
  return (
    <Checkbox
      className="choice"
      aria-label={label}
      isSelected={share === 'all'}
      isIndeterminate={share === 'some'}
      onChange={onChange}
    >
      <span className="choice-mark choice-box">
        {share === 'all' ? <CheckIcon size={14} /> : share === 'some' ? <span className="user-some" /> : null}
      </span>
    </Checkbox>
  );
}
