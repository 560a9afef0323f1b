import { ToggleButton, ToggleButtonGroup, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { LayoutKind } from '../../../contract/layouts';
import { layoutKind } from '../../../contract/layouts';
import { ariaKeys, useKeyText } from '../../keys/keyText';
import { useKeys } from '../../keys/useAction';
import { t } from '../../strings';
import { LayoutGlyph } from './wall/LayoutGlyph';
import { KIND_ACTIONS } from './wall/wallKeys';

export interface LayoutSwitchProps {
  readonly kind: LayoutKind;
  readonly onChange: (kind: LayoutKind) => void;
}

/** Chooses how the tiles lie. */
export function LayoutSwitch({ kind, onChange }: LayoutSwitchProps) {
  return (
    <ToggleButtonGroup
      className="layout-switch"
      aria-label={t('layout.label')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[kind]}
      onSelectionChange={(keys) => {
        const chosen = layoutKind.options.find((one) => keys.has(one));
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {layoutKind.options.map((one) => (
        <LayoutButton key={one} kind={one} />
      ))}
    </ToggleButtonGroup>
  );
}

function LayoutButton({ kind }: { readonly kind: LayoutKind }) {
  const keys = useKeys(KIND_ACTIONS[kind]);
  const key = useKeyText(KIND_ACTIONS[kind]);
  const name = t(`layout.${kind}`);
  return (
    <TooltipTrigger delay={400}>
      <ToggleButton
        id={kind}
        className="layout-button"
        aria-label={name}
        aria-keyshortcuts={keys.length === 0 ? undefined : ariaKeys(keys)}
      >
        <LayoutGlyph kind={kind} />
      </ToggleButton>
      <Tooltip className="tooltip" offset={6}>
        {key === undefined ? name : t('layout.withKey', { name, key })}
      </Tooltip>
    </TooltipTrigger>
  );
}
