import { useEffect, useState } from 'react';
import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import { t } from '../../strings';
import { MoonIcon, SunIcon, SystemThemeIcon } from '../../ui/icons';
import { applyTheme, nextTheme, readTheme, writeTheme } from '../../ui/theme';

const ICONS = { dark: MoonIcon, light: SunIcon, system: SystemThemeIcon } as const;
const NAMES = { dark: 'theme.dark', light: 'theme.light', system: 'theme.system' } as const;

/** Steps through dark, light and as the desktop; the choice is kept. */
export function ThemeSwitch() {
  const [setting, setSetting] = useState(() => readTheme(window.localStorage));
  useEffect(() => applyTheme(setting), [setting]);
  const change = () => {
    const next = nextTheme(setting);
    writeTheme(window.localStorage, next);
    setSetting(next);
  };
  const Icon = ICONS[setting];
  return (
    <TooltipTrigger delay={400}>
      <Button
        className="rail-item"
        onPress={change}
        aria-label={t('theme.switch', { theme: t(NAMES[setting]) })}
      >
        <Icon size={22} />
        {t(NAMES[setting])}
      </Button>
      <Tooltip className="tooltip" placement="right" offset={6}>
        {t('theme.tooltip', { next: t(NAMES[nextTheme(setting)]) })}
      </Tooltip>
    </TooltipTrigger>
  );
}
