import { useSettings } from '../../data/SettingsProvider';
import { t } from '../../strings';
import { Notice } from '../../ui/Notice';
import { Toggle } from '../../ui/Toggle';
import { SettingRow } from './SettingRow';

/** The frame export flag, what it does, and who has the last word about it. */
export function AiSection() {
  const { settings, frameExport, update } = useSettings();
  if (settings === null || frameExport === null) return null;
  const { environment, effective, running } = frameExport;
  return (
    <>
      <SettingRow
        title={t('settings.export')}
        hint={t('settings.exportHint')}
        below={
          <>
            {environment === null ? null : (
              <Notice tone="warn" title={t('settings.exportOverridden')}>
                {t(environment ? 'settings.exportOverriddenOn' : 'settings.exportOverriddenOff')}
              </Notice>
            )}
            {effective === running ? null : (
              <Notice tone="info" live="status" title={t('settings.exportPending')}>
                {t(effective ? 'settings.exportPendingOn' : 'settings.exportPendingOff')}
              </Notice>
            )}
          </>
        }
      >
        <Toggle
          label={t('settings.exportLabel')}
          labelHidden
          isSelected={settings.frame_export}
          onChange={(on) => void update({ frame_export: on })}
        />
      </SettingRow>
      <SettingRow title={t('settings.exportNow')}>
        <p>{t(running ? 'settings.exportRunning' : 'settings.exportNotRunning')}</p>
      </SettingRow>
      <h3 className="settings-subtitle">{t('settings.exportEffects')}</h3>
      <ul className="settings-list">
        <li>{t('settings.exportEffectStart')}</li>
        <li>{t('settings.exportEffectProcesses')}</li>
        <li>{t('settings.exportEffectVideo')}</li>
      </ul>
    </>
  );
}
