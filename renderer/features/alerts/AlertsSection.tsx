import { useSettings } from '../../data/SettingsProvider';
import { t } from '../../strings';
import { SelectInput } from '../../ui/SelectInput';
import { Toggle } from '../../ui/Toggle';
import { SettingRow } from '../settings/SettingRow';
import { durationText } from './alertText';
import { useSoundChoice } from './useSoundChoice';

const OFFLINE_SECONDS = [3, 10, 30, 60, 300, 900];
const HISTORY_DAYS = [30, 90, 365, 1095, 3650];

/** The choices, and what is set if it is none of them. */
const withCurrent = (choices: readonly number[], current: number) =>
  [...new Set([...choices, current])].sort((one, other) => one - other);

/** When a camera that is away becomes an alert, how long alerts are remembered, and whether they are heard. */
export function AlertsSection() {
  const { settings, update } = useSettings();
  const { isOn, choose } = useSoundChoice();
  if (settings === null) return null;
  const { alert_offline_seconds: offline, alert_history_days: days } = settings;
  return (
    <>
      <SettingRow title={t('settings.alertOffline')} hint={t('settings.alertOfflineHint')}>
        <SelectInput
          label={t('settings.alertOffline')}
          labelHidden
          value={String(offline)}
          options={withCurrent(OFFLINE_SECONDS, offline).map((seconds) => ({
            value: String(seconds),
            label: durationText(seconds * 1000),
          }))}
          onChange={(value) => void update({ alert_offline_seconds: Number(value) })}
        />
      </SettingRow>
      <SettingRow title={t('settings.alertHistory')} hint={t('settings.alertHistoryHint')}>
        <SelectInput
          label={t('settings.alertHistory')}
          labelHidden
          value={String(days)}
          options={withCurrent(HISTORY_DAYS, days).map((count) => ({
            value: String(count),
            label: t('settings.alertDays', { days: count }),
          }))}
          onChange={(value) => void update({ alert_history_days: Number(value) })}
        />
      </SettingRow>
      <SettingRow title={t('settings.alertSound')} hint={t('settings.alertSoundHint')}>
        <Toggle label={t('settings.alertSound')} labelHidden isSelected={isOn} onChange={choose} />
      </SettingRow>
    </>
  );
}
