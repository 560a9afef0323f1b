import { useMemo, useState } from 'react';
import type { Selection } from 'react-aria-components';
import { Checkbox, GridList, GridListItem, ListLayout, Virtualizer } from 'react-aria-components';
import type { CameraGroup } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { matchesCamera } from '../../data/searchCameras';
import { t } from '../../strings';
import { CheckBox } from '../../ui/CheckBox';
import { CheckIcon } from '../../ui/icons';
import { SearchInput } from '../../ui/SearchInput';
import { sortCameras } from './sortCameras';
import '../../ui/table.css';

export interface GroupMembersProps {
  readonly group: CameraGroup;
  readonly onChange: (added: readonly string[], removed: readonly string[]) => void;
}

/** Every camera with a check mark where it is in the group. */
export function GroupMembers({ group, onChange }: GroupMembersProps) {
  const { devices } = useDevices();
  const [search, setSearch] = useState('');
  const [isOnly, setOnly] = useState(false);
  const members = useMemo(() => new Set(group.camera_ids), [group.camera_ids]);
  const shown = useMemo(
    () =>
      sortCameras(
        (devices ?? []).filter(
          (device) => matchesCamera(device, search) && (!isOnly || members.has(device.id)),
        ),
        { column: 'name', direction: 'ascending' },
      ),
    [devices, search, isOnly, members],
  );
  const change = (selection: Selection) => {
    const ids = shown.map(({ id }) => id);
    const wanted = selection === 'all' ? new Set<unknown>(ids) : new Set<unknown>(selection);
    onChange(
      ids.filter((id) => wanted.has(id) && !members.has(id)),
      ids.filter((id) => !wanted.has(id) && members.has(id)),
    );
  };
  return (
    <div className="groups-right">
      <SearchInput label={t('groups.memberSearch')} value={search} onChange={setSearch} />
      <CheckBox label={t('groups.onlyMembers')} isSelected={isOnly} onChange={setOnly} />
      <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: 44 }}>
        <GridList
          className="groups-members"
          aria-label={t('groups.members', { name: group.name })}
          items={shown}
          selectionMode="multiple"
          selectedKeys={members}
          onSelectionChange={change}
          renderEmptyState={() => <p className="data-none">{t('groups.noMatch')}</p>}
        >
          {(device) => (
            <GridListItem id={device.id} className="groups-item" textValue={device.name}>
              {({ isSelected }) => (
                <>
                  <Checkbox slot="selection" className="choice">
                    <span className="choice-mark choice-box">
                      {isSelected ? <CheckIcon size={14} /> : null}
                    </span>
                  </Checkbox>
                  <span className="two-lines">
                    <span className="one-line">{device.name}</span>
                    {device.location === null ? null : <span className="second-line">{device.location}</span>}
                  </span>
                </>
              )}
            </GridListItem>
          )}
        </GridList>
      </Virtualizer>
    </div>
  );
}
