import type { ApplicationSettings } from '../../../contract';
import { useNowSeconds } from '../../data/useNow';
import { useSettings } from '../../data/SettingsProvider';
import { t } from '../../strings';
import { LANGUAGES } from '../../strings/languages';
import { Choice } from '../../ui/Choice';
import { clockText } from '../../ui/timeText';
import { SettingRow } from './SettingRow';

/** Colours, language and clock; each takes effect at once, in every window. */
export function AppearanceSection() {
  const { settings, update } = useSettings();
  const now = useNowSeconds() * 1000;
  if (settings === null) return null;
  return (
    <>
      <SettingRow title={t('settings.theme')} hint={t('settings.themeHint')}>
        <Choice<ApplicationSettings['theme']>
          label={t('settings.theme')}
          value={settings.theme}
          onChange={(theme) => void update({ theme })}
          choices={[
            { value: 'dark', label: t('theme.dark') },
            { value: 'light', label: t('theme.light') },
            { value: 'system', label: t('theme.system') },
          ]}
        />
      </SettingRow>
      <SettingRow title={t('settings.language')} hint={t('settings.languageHint')}>
        <Choice
          label={t('settings.language')}
          value={settings.language}
          onChange={(language) => void update({ language })}
          choices={[
            { value: 'system', label: t('settings.languageSystem') },
            ...LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name })),
          ]}
        />
      </SettingRow>
      <SettingRow title={t('settings.clock')} hint={t('settings.clockHint')}>
        <Choice<ApplicationSettings['clock']>
          label={t('settings.clock')}
          value={settings.clock}
          onChange={(clock) => void update({ clock })}
          choices={[
            { value: 'language', label: t('settings.clockLanguage') },
            { value: '24h', label: t('settings.clock24') },
            { value: '12h', label: t('settings.clock12') },
          ]}
        />
        <p className="setting-hint numeric">{t('settings.clockExample', { time: clockText(now) })}</p>
      </SettingRow>
    </>
  );
}
