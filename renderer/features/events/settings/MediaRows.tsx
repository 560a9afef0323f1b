import { useCommand } from '../../../data/useCommand';
import { useQuery } from '../../../data/useQuery';
import { t } from '../../../strings';
import { FailureNotice } from '../../../ui/FailureNotice';
import { Toggle } from '../../../ui/Toggle';
import { SettingRow } from '../../settings/SettingRow';

const ROWS = [
  { key: 'snapshot_triggers_enabled', title: 'settings.eventPictures', hint: 'settings.eventPicturesHint' },
  { key: 'clip_triggers_enabled', title: 'settings.eventClips', hint: 'settings.eventClipsHint' },
] as const;

/** Whether events get a snapshot and a clip; both take effect with the next event (seed 004). */
export function MediaRows() {
  const { data, error, refetch } = useQuery('ai-events.triggers', {});
  const change = useCommand('ai-events.set-triggers');
  const failure = error ?? change.error;
  return (
    <>
      {ROWS.map(({ key, title, hint }) => (
        <SettingRow key={key} title={t(title)} hint={t(hint)}>
          <Toggle
            label={t(title)}
            labelHidden
            isSelected={data?.[key] ?? false}
            isDisabled={data === null || change.running}
            onChange={(on) => void change.run({ [key]: on }).then(refetch)}
          />
        </SettingRow>
      ))}
      <FailureNotice title={t('settings.notSaved')} error={failure} />
    </>
  );
}
