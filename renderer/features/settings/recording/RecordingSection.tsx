import { useEffect, useState } from 'react';
import { useQuery } from '../../../data/useQuery';
import { useSettings } from '../../../data/SettingsProvider';
import { t } from '../../../strings';
import { Toggle } from '../../../ui/Toggle';
import { SettingRow } from '../SettingRow';
import { CheckArchive } from './CheckArchive';
import { FolderList } from './FolderList';
import { RefusedDeletion } from './RefusedDeletion';
import { RetentionForm } from './RetentionForm';
import './recording.css';

/** Space and disks change by themselves; asked again this often, milliseconds. */
const REFRESH_MS = 5_000;

/** Where recordings are kept, and for how long. */
export function RecordingSection() {
  const { settings, update } = useSettings();
  const [wasSaved, setWasSaved] = useState(false);
  const { data, error, refetch } = useQuery('storage.list', {});
  useEffect(() => {
    const timer = setInterval(refetch, REFRESH_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  if (settings === null) return null;
  return (
    <>
      <FolderList folders={data?.folders ?? null} error={error} onChanged={refetch} />
      <SettingRow title={t('storage.fallback')} hint={t('storage.fallbackHint')}>
        <Toggle
          label={t('storage.fallbackLabel')}
          isSelected={settings.storage_fallback}
          onChange={(on) => void update({ storage_fallback: on })}
        />
      </SettingRow>
      {data?.refused_deletion ? (
        <RefusedDeletion refused={data.refused_deletion} onChanged={refetch} />
      ) : null}
      <SettingRow title={t('settings.previews')} hint={t('settings.previewsHint')}>
        <Toggle
          label={t('settings.previewsLabel')}
          isSelected={settings.scrub_previews}
          onChange={(on) => void update({ scrub_previews: on })}
        />
      </SettingRow>
      <RetentionForm
        // Somebody else's change starts the form anew.
        key={JSON.stringify([settings.retention_days, settings.retention_bytes, settings.free_space_bytes])}
        saved={settings}
        wasSaved={wasSaved}
        onSaved={() => {
          setWasSaved(true);
          refetch();
        }}
      />
      <CheckArchive />
    </>
  );
}
