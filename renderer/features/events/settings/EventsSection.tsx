import { useSettings } from '../../../data/SettingsProvider';
import { ExpiryRows } from './ExpiryRows';
import { KeptStores } from './KeptStores';
import { MediaRows } from './MediaRows';
import './eventSettings.css';

/** Which media an event gets, how long events are kept, and the removal of old ones. */
export function EventsSection() {
  const { settings, update } = useSettings();
  if (settings === null) return null;
  return (
    <>
      <MediaRows />
      <ExpiryRows
        days={settings.event_retention_days}
        onChoose={(days) => update({ event_retention_days: days })}
      />
      <KeptStores />
    </>
  );
}
