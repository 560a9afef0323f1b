import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import type { Device } from '../../../../contract';
import { t } from '../../../strings';
import { ChevronIcon } from '../../../ui/icons';
import type { ListOrder } from './cameraGroups';

export interface OrderSwitchProps {
  readonly devices: readonly Device[];
  readonly order: ListOrder;
  readonly onChange: (order: ListOrder) => void;
}

/** Chooses what the list is ordered by, as far as the cameras tell it. */
export function OrderSwitch({ devices, order, onChange }: OrderSwitchProps) {
  const choices: readonly { id: ListOrder; label: string; has: boolean }[] = [
    { id: 'name', label: t('list.byName'), has: true },
    { id: 'group', label: t('list.byGroup'), has: devices.some(({ groups }) => groups.length > 0) },
    { id: 'location', label: t('list.byLocation'), has: devices.some(({ location }) => location !== null) },
  ];
  const possible = choices.filter(({ id, has }) => has || id === order);
  if (possible.length < 2) return null;
  return (
    <Select
      className="order-switch"
      aria-label={t('list.by')}
      value={order}
      onChange={(key) => {
        const chosen = choices.find(({ id }) => id === key);
        if (chosen !== undefined) onChange(chosen.id);
      }}
    >
      <Button className="order-button">
        <SelectValue />
        <ChevronIcon size={14} />
      </Button>
      <Popover className="menu-popover order-popover">
        <ListBox className="menu">
          {possible.map(({ id, label }) => (
            <ListBoxItem key={id} id={id} className="menu-item">
              {label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
