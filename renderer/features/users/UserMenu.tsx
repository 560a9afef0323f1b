import { useState } from 'react';
import { Button, MenuTrigger, Popover } from 'react-aria-components';
import { command } from '../../data/call';
import { useSession } from '../../data/SessionProvider';
import { useAction } from '../../keys/useAction';
import { t } from '../../strings';
import { MenuItems } from '../../ui/Menu';
import { ChangePassword } from './ChangePassword';
import { KeyIcon, LeaveIcon, LockIcon, UserIcon } from './userIcons';

/** Who works here, at the foot of the rail; nothing where nobody signs in. */
export function UserMenu() {
  const session = useSession();
  const [isChanging, setChanging] = useState(false);
  const lock = () => void command('session.lock', {}).catch(() => undefined);
  const isShown = session?.mode === 'sign-in' && session.user !== null;
  useAction('session.lock', lock, { enabled: isShown });
  if (!isShown || session.user === null) return null;
  const { name, role } = session.user;
  const entries = [
    { id: 'lock', label: t('userMenu.lock'), icon: LockIcon, onAction: lock },
    {
      id: 'password',
      label: t('password.changeTitle'),
      icon: KeyIcon,
      onAction: () => setChanging(true),
    },
    {
      id: 'sign-out',
      label: t('userMenu.signOut'),
      icon: LeaveIcon,
      onAction: () => void command('session.sign-out', {}).catch(() => undefined),
    },
  ];
  return (
    <>
      <MenuTrigger>
        <Button className="rail-item" aria-label={t('userMenu.label', { name })}>
          <UserIcon size={22} />
          <span className="rail-user">{name}</span>
        </Button>
        <Popover className="menu-popover" placement="right bottom">
          <p className="user-menu-head">
            <strong>{name}</strong>
            <span>{t(`role.${role}`)}</span>
          </p>
          <MenuItems label={t('userMenu.label', { name })} entries={entries} />
        </Popover>
      </MenuTrigger>
      {isChanging ? <ChangePassword onClose={() => setChanging(false)} /> : null}
    </>
  );
}
