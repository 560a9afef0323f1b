import { useState } from 'react';
import type { CameraAccess, User, UserRole } from '../../../contract';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Dialog } from '../../ui/Dialog';
import { FailureNotice } from '../../ui/FailureNotice';
import { SelectInput } from '../../ui/SelectInput';
import { TextInput } from '../../ui/TextInput';
import { CameraRights } from './CameraRights';
import type { NewPassword } from './NewPasswordFields';
import { NewPasswordFields, NO_PASSWORD, problemOf } from './NewPasswordFields';

const ROLES = ['administrator', 'operator', 'viewer'] as const satisfies readonly UserRole[];

export interface UserEditorProps {
  /** Null: a new one. */
  readonly user: User | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Name, role, cameras and, for a new user, the password. */
export function UserEditor({ user, onClose, onSaved }: UserEditorProps) {
  const [name, setName] = useState(user?.name ?? '');
  const [role, setRole] = useState<UserRole>(user?.role ?? 'operator');
  const [access, setAccess] = useState<User['access']>(user?.access ?? 'all');
  const [cameras, setCameras] = useState<readonly CameraAccess[]>(user?.cameras ?? []);
  const [password, setPassword] = useState<NewPassword>(NO_PASSWORD);
  const [tried, setTried] = useState(false);
  const create = useCommand('users.create');
  const update = useCommand('users.update');
  const error = create.error ?? update.error;
  const submit = async () => {
    setTried(true);
    if (name.trim() === '' || (user === null && problemOf(password) !== null)) return;
    const fields = { name, role, access, cameras: access === 'all' ? [] : [...cameras] };
    const saved =
      user === null
        ? await create.run({ ...fields, password: password.first })
        : await update.run({ ...fields, id: user.id });
    if (saved.ok) onSaved();
  };
  return (
    <Dialog
      title={user === null ? t('users.addTitle') : t('users.editTitle', { name: user.name })}
      size="large"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isPending={create.running || update.running} onPress={() => void submit()}>
            {t(user === null ? 'users.create' : 'common.save')}
          </Button>
        </>
      }
    >
      <div className="user-form">
        <TextInput
          label={t('users.name')}
          name="name"
          value={name}
          onChange={setName}
          autoFocus={user === null}
          error={tried && name.trim() === '' ? t('users.nameMissing') : null}
        />
        {user === null ? (
          <NewPasswordFields value={password} onChange={setPassword} isChecked={tried} />
        ) : null}
        <div>
          <SelectInput
            label={t('users.role')}
            value={role}
            options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
            onChange={setRole}
          />
          <p className="setting-hint">{t(`role.${role}Text`)}</p>
        </div>
        {role === 'administrator' ? null : (
          <>
            <p className="field-label">{t('users.cameras')}</p>
            <Choice
              label={t('users.cameras')}
              value={access}
              choices={[
                { value: 'all', label: t('users.accessAll') },
                { value: 'chosen', label: t('users.accessChosen') },
              ]}
              onChange={setAccess}
            />
            {access === 'chosen' ? <CameraRights value={cameras} onChange={setCameras} /> : null}
          </>
        )}
        <FailureNotice title={t('users.notSaved')} error={error} />
      </div>
    </Dialog>
  );
}
