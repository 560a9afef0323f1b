import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import { useSettings } from '../../data/SettingsProvider';
import { t } from '../../strings';
import { MoonIcon, SunIcon, SystemThemeIcon } from '../../ui/icons';
import { nextTheme } from '../../ui/theme';

const ICONS = { dark: MoonIcon, light: SunIcon, system: SystemThemeIcon } as const;
const NAMES = { dark: 'theme.dark', light: 'theme.light', system: 'theme.system' } as const;

/** Steps through dark, light and as the desktop; the choice is kept. */
export function ThemeSwitch() {
  const { settings, update } = useSettings();
  const setting = settings?.theme ?? 'dark';
  const Icon = ICONS[setting];
  return (
    <TooltipTrigger delay={400}>
      <Button
        className="rail-item"
        isDisabled={settings === null}
        onPress={() => void update({ theme: nextTheme(setting) })}
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
