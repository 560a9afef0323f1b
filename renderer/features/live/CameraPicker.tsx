import { useState } from 'react';
import { Autocomplete, ListBox, ListBoxItem, Text } from 'react-aria-components';
import { useDevices } from '../../data/DevicesProvider';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SearchInput } from '../../ui/SearchInput';
import { pickerEntries } from './pickerList';

export interface CameraPickerProps {
  /** The tile that is to be filled, from 0. */
  readonly index: number;
  readonly tiles: readonly (string | null)[];
  readonly onPick: (cameraId: string) => void;
  readonly onClose: () => void;
}

/** Chooses the camera of a tile: type to search, arrows to move, Enter to choose. */
export function CameraPicker({ index, tiles, onPick, onClose }: CameraPickerProps) {
  const { devices } = useDevices();
  const [search, setSearch] = useState('');
  const entries = pickerEntries(devices ?? [], tiles, search);
  return (
    <Dialog
      title={t('picker.title', { number: index + 1 })}
      onClose={onClose}
      footer={<Button onPress={onClose}>{t('common.cancel')}</Button>}
    >
      <Autocomplete inputValue={search} onInputChange={setSearch}>
        <SearchInput label={t('picker.search')} autoFocus />
        <ListBox
          className="picker-list"
          aria-label={t('picker.list')}
          items={entries.map((entry) => ({ ...entry, id: entry.device.id }))}
          renderEmptyState={() => <p className="picker-none">{t('cameras.noMatch')}</p>}
          onAction={(key) => onPick(String(key))}
        >
          {({ device, shownIn }) => (
            <ListBoxItem id={device.id} className="picker-item" textValue={device.name}>
              <Text slot="label">{device.name}</Text>
              <Text slot="description" className="picker-detail">
                {[device.location, shownIn === null ? null : t('picker.shownIn', { number: shownIn + 1 })]
                  .filter((part) => part !== null)
                  .join(', ')}
              </Text>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
