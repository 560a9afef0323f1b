import { useState } from 'react';
import {
  Autocomplete,
  Dialog,
  DialogTrigger,
  ListBox,
  ListBoxItem,
  Popover,
  useFilter,
} from 'react-aria-components';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { CheckIcon, ChevronIcon } from '../../ui/icons';
import { SearchInput } from '../../ui/SearchInput';
import type { Choice } from './useNames';

/** From so many on there is a field to search. */
const SEARCHED_FROM = 8;

export interface FilterMenuProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Any number of a list of choices, opened from a button that says how many. */
export function FilterMenu({ label, choices, chosen, onChange }: FilterMenuProps) {
  const [search, setSearch] = useState('');
  const { contains } = useFilter({ sensitivity: 'base' });
  const list = (
    <ListBox
      className="menu"
      aria-label={label}
      selectionMode="multiple"
      // Escape closes the list and keeps what was chosen.
      escapeKeyBehavior="none"
      selectedKeys={chosen}
      onSelectionChange={(keys) =>
        onChange(keys === 'all' ? choices.map(({ id }) => id) : [...keys].map(String))
      }
      items={choices}
      renderEmptyState={() => <p className="event-filter-none">{t('events.filter.none')}</p>}
    >
      {({ id, name }) => (
        <ListBoxItem id={id} className="menu-item" textValue={name}>
          {({ isSelected }) => (
            <>
              <span className="menu-label">{name}</span>
              {isSelected ? <CheckIcon size={14} /> : null}
            </>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  );
  return (
    <DialogTrigger onOpenChange={() => setSearch('')}>
      <Button className={chosen.length > 0 ? 'event-filter event-filter-set' : 'event-filter'}>
        {chosen.length === 0 ? label : t('events.filter.set', { name: label, count: chosen.length })}
        <ChevronIcon size={14} />
      </Button>
      <Popover className="menu-popover event-filter-popover" placement="bottom start">
        <Dialog className="event-filter-dialog" aria-label={label}>
          {choices.length < SEARCHED_FROM ? (
            list
          ) : (
            <Autocomplete inputValue={search} onInputChange={setSearch} filter={contains}>
              <div className="event-filter-search">
                <SearchInput label={t('events.filter.search')} autoFocus />
              </div>
              {list}
            </Autocomplete>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
