import type { ReactNode } from 'react';
import { Keyboard, Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { isAllowed, useSession } from '../data/SessionProvider';
import type { IconProps } from './icons';
import { IconButton } from './IconButton';
import './menu.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon: (props: IconProps) => ReactNode;
  /** The key that does the same, as it is written on the keyboard. */
  readonly shortcut?: string | undefined;
  readonly isDisabled?: boolean;
  /** The right without which it would be refused: then it is not offered. */
  readonly needs?: string | undefined;
  readonly onAction: () => void;
}

export interface MenuProps {
  /** Name of the button and of the menu. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly isOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly className?: string;
}

/** A button with a menu of actions. */
export function Menu({ label, icon, entries: all, isOpen, onOpenChange, className }: MenuProps) {
  const session = useSession();
  const entries = all.filter(({ needs }) => isAllowed(session, needs));
  return (
    <MenuTrigger
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      <IconButton label={label} {...(className === undefined ? {} : { className })}>
        {icon}
      </IconButton>
      <Popover className="menu-popover" placement="bottom end">
        <MenuItems label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}

/** The actions of a menu, for a popover. */
export function MenuItems({ label, entries }: Pick<MenuProps, 'label' | 'entries'>) {
  return (
    <AriaMenu
      className="menu"
      aria-label={label}
      disabledKeys={entries.filter((entry) => entry.isDisabled === true).map((entry) => entry.id)}
    >
      {entries.map((entry) => (
        <MenuItem
          key={entry.id}
          id={entry.id}
          className="menu-item"
          textValue={entry.label}
          onAction={entry.onAction}
        >
          <entry.icon />
          <Text slot="label" className="menu-label">
            {entry.label}
          </Text>
          {entry.shortcut === undefined ? null : (
            <Keyboard className="menu-shortcut">{entry.shortcut}</Keyboard>
          )}
        </MenuItem>
      ))}
    </AriaMenu>
  );
}
