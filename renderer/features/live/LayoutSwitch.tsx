import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { t } from '../../strings';
import { LayoutFourIcon, LayoutOneIcon } from '../../ui/icons';
import type { LayoutId } from './layout';

const LAYOUTS = [
  { id: '1', icon: LayoutOneIcon, label: 'layout.one', key: '1' },
  { id: '2x2', icon: LayoutFourIcon, label: 'layout.four', key: '4' },
] as const;

export interface LayoutSwitchProps {
  readonly layout: LayoutId;
  readonly onChange: (layout: LayoutId) => void;
}

/** Chooses how many tiles are shown; the keys 1 and 4 do the same. */
export function LayoutSwitch({ layout, onChange }: LayoutSwitchProps) {
  return (
    <ToggleButtonGroup
      className="layout-switch"
      aria-label={t('layout.label')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[layout]}
      onSelectionChange={(keys) => {
        const chosen = LAYOUTS.find(({ id }) => keys.has(id));
        if (chosen !== undefined) onChange(chosen.id);
      }}
    >
      {LAYOUTS.map(({ id, icon: Icon, label, key }) => (
        <ToggleButton key={id} id={id} className="layout-button" aria-keyshortcuts={key}>
          <Icon size={18} />
          {t(label)}
          <kbd className="key" aria-hidden="true">
            {key}
          </kbd>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
