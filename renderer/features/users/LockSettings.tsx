import { useSettings } from '../../data/SettingsProvider';
import { plural, t } from '../../strings';
import { SelectInput } from '../../ui/SelectInput';
import { Toggle } from '../../ui/Toggle';
import { SettingRow } from '../settings/SettingRow';

const MINUTES = [1, 5, 10, 15, 30, 60, 240];

/** When a session locks by itself, and what is seen of the wall then. */
export function LockSettings() {
  const { settings, update } = useSettings();
  if (settings === null) return null;
  const { lock_after_minutes: minutes, lock_shows_wall: showsWall } = settings;
  const choices = [...new Set([...MINUTES, ...(minutes === null ? [] : [minutes])])].sort((a, b) => a - b);
  return (
    <>
      <SettingRow title={t('users.lockAfter')} hint={t('users.lockAfterHint')}>
        <SelectInput
          label={t('users.lockAfter')}
          labelHidden
          value={minutes === null ? 'never' : String(minutes)}
          options={[
            { value: 'never', label: t('users.lockNever') },
            ...choices.map((count) => ({ value: String(count), label: plural('users.lockMinutes', count) })),
          ]}
          onChange={(value) => void update({ lock_after_minutes: value === 'never' ? null : Number(value) })}
        />
      </SettingRow>
      <SettingRow title={t('users.lockShowsWall')} hint={t('users.lockShowsWallHint')}>
        <Toggle
          label={t('users.lockShowsWall')}
          labelHidden
          isSelected={showsWall}
          onChange={(on) => void update({ lock_shows_wall: on })}
        />
      </SettingRow>
    </>
  );
}
