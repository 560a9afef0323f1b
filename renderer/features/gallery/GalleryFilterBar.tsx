import { useEffect, useState } from 'react';
import type { CameraGroup } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { SearchInput } from '../../ui/SearchInput';
import { SelectInput } from '../../ui/SelectInput';
import { FilterMenu } from '../events/FilterMenu';
import { TimeFilter } from '../events/time/TimeFilter';
import type { GalleryFilter, KindChoice, LabelledChoice } from './galleryFilter';
import { isFiltered, KINDS, LABELLED } from './galleryFilter';

/** From the last key to the question, milliseconds. */
const TYPING_MS = 300;

export interface GalleryFilterBarProps {
  readonly filter: GalleryFilter;
  readonly groups: readonly CameraGroup[];
  readonly tags: readonly { readonly tag: string; readonly count: number }[];
  readonly onChange: (filter: GalleryFilter) => void;
  readonly onClear: () => void;
}

/** Conditions of the gallery in one line. */
export function GalleryFilterBar({ filter, groups, tags, onChange, onClear }: GalleryFilterBarProps) {
  const { devices } = useDevices();
  const set = (change: Partial<GalleryFilter>) => onChange({ ...filter, ...change });
  return (
    <div className="event-filters gallery-filters" role="search" aria-label={t('gallery.filters')}>
      <TextFilter text={filter.text} onChange={(text) => set({ text })} />
      <SelectInput<KindChoice>
        label={t('gallery.filter.kind')}
        labelHidden
        value={filter.kind}
        isSet={filter.kind !== 'any'}
        options={KINDS.map((value) => ({ value, label: t(`gallery.filter.kind.${value}`) }))}
        onChange={(kind) => set({ kind })}
      />
      <TimeFilter time={filter.time} marks={null} onChange={(time) => set({ time })} />
      <FilterMenu
        label={t('events.filter.cameras')}
        choices={(devices ?? []).map(({ id, name }) => ({ id, name }))}
        chosen={filter.cameras}
        onChange={(cameras) => set({ cameras })}
      />
      {groups.length === 0 && filter.groups.length === 0 ? null : (
        <FilterMenu
          label={t('events.filter.groups')}
          choices={groups.map(({ id, name }) => ({ id, name }))}
          chosen={filter.groups}
          onChange={(chosen) => set({ groups: chosen })}
        />
      )}
      <SelectInput<LabelledChoice>
        label={t('gallery.filter.labelled')}
        labelHidden
        value={filter.labelled}
        isSet={filter.labelled !== 'any'}
        options={LABELLED.map((value) => ({ value, label: t(`gallery.filter.labelled.${value}`) }))}
        onChange={(labelled) => set({ labelled })}
      />
      <FilterMenu
        label={t('gallery.filter.tags')}
        choices={tags.map(({ tag }) => ({ id: tag, name: tag }))}
        chosen={filter.tags}
        onChange={(chosen) => set({ tags: chosen })}
      />
      {isFiltered(filter) ? (
        <Button look="quiet" className="event-filter-clear" onPress={onClear}>
          {t('gallery.clear')}
        </Button>
      ) : null}
    </div>
  );
}

/** Asks when somebody has stopped typing, who may go on: the field stays as it is, and keeps the focus. */
function TextFilter({
  text,
  onChange,
}: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const [typed, setTyped] = useState(text);
  const [asked, setAsked] = useState(text);
  const [known, setKnown] = useState(text);
  if (text !== known) {
    setKnown(text);
    // Cleared elsewhere, and not the echo of what was typed here.
    if (text !== asked) setTyped(text);
    setAsked(text);
  }
  useEffect(() => {
    if (typed.trim() === asked) return;
    const timer = setTimeout(() => {
      setAsked(typed.trim());
      onChange(typed.trim());
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, asked, onChange]);
  return (
    <div className="gallery-search">
      <SearchInput label={t('gallery.search')} value={typed} onChange={setTyped} />
    </div>
  );
}
