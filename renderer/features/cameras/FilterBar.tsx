import type { Ref } from 'react';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { SearchInput } from '../../ui/SearchInput';
import { SelectInput } from '../../ui/SelectInput';
import type { CameraFilter } from './cameraFilter';
import { isFiltered, NO_FILTER, STATE_FILTERS } from './cameraFilter';

export interface FilterBarProps {
  readonly filter: CameraFilter;
  readonly groups: readonly string[];
  readonly locations: readonly string[];
  readonly searchInput: Ref<HTMLInputElement>;
  readonly onChange: (filter: CameraFilter) => void;
}

/** Search and filters of the table of cameras. */
export function FilterBar({ filter, groups, locations, searchInput, onChange }: FilterBarProps) {
  const set = (change: Partial<CameraFilter>) => onChange({ ...filter, ...change });
  const named = (names: readonly string[]) => names.map((name) => ({ value: `is:${name}`, label: name }));
  return (
    <div className="camera-filters" role="search">
      <div className="camera-search">
        <SearchInput
          label={t('cameras.search')}
          value={filter.search}
          onChange={(search) => set({ search })}
          inputRef={searchInput}
        />
      </div>
      <SelectInput
        label={t('filter.state')}
        labelHidden
        value={filter.state}
        isSet={filter.state !== 'any'}
        options={STATE_FILTERS.map((value) => ({ value, label: t(`filter.state.${value}`) }))}
        onChange={(state) => set({ state })}
      />
      <SelectInput
        label={t('filter.group')}
        labelHidden
        value={filter.group}
        isSet={filter.group !== 'any'}
        options={[
          { value: 'any', label: t('filter.group.any') },
          ...named(groups),
          { value: 'none', label: t('filter.group.none') },
        ]}
        onChange={(group) => set({ group })}
      />
      <SelectInput
        label={t('filter.location')}
        labelHidden
        value={filter.location}
        isSet={filter.location !== 'any'}
        options={[
          { value: 'any', label: t('filter.location.any') },
          ...named(locations),
          { value: 'none', label: t('filter.location.none') },
        ]}
        onChange={(location) => set({ location })}
      />
      {isFiltered(filter) ? (
        <Button look="quiet" onPress={() => onChange({ ...NO_FILTER, search: filter.search })}>
          {t('filter.clear')}
        </Button>
      ) : null}
    </div>
  );
}
