import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { SelectInput } from '../../ui/SelectInput';
import type { EventsFilter, ReviewedChoice } from './eventFilter';
import { CONFIDENCES, isFiltered, REVIEWED_CHOICES } from './eventFilter';
import { FilterChips } from './FilterChips';
import { FilterMenu } from './FilterMenu';
import { TimeFilter } from './time/TimeFilter';
import type { EventNames } from './useNames';

export interface EventFilterBarProps {
  readonly filter: EventsFilter;
  readonly names: EventNames;
  readonly onChange: (filter: EventsFilter) => void;
  readonly onClear: () => void;
}

/** Conditions of the history in one line, and below it what is set. */
export function EventFilterBar({ filter, names, onChange, onClear }: EventFilterBarProps) {
  const set = (change: Partial<EventsFilter>) => onChange({ ...filter, ...change });
  const menu = (kind: 'cameras' | 'groups' | 'models' | 'labels' | 'zones') =>
    names[kind].length === 0 && filter[kind].length === 0 && kind !== 'labels' ? null : (
      <FilterMenu
        label={t(`events.filter.${kind}`)}
        choices={names[kind]}
        chosen={filter[kind]}
        onChange={(chosen) => set({ [kind]: chosen })}
      />
    );
  return (
    <div className="event-filters" role="search" aria-label={t('events.filters')}>
      <TimeFilter time={filter.time} marks={filter} onChange={(time) => set({ time })} />
      {menu('cameras')}
      {menu('groups')}
      {menu('labels')}
      {menu('zones')}
      {menu('models')}
      <SelectInput
        label={t('events.filter.confidence')}
        labelHidden
        value={String(filter.confidence)}
        isSet={filter.confidence > 0}
        options={CONFIDENCES.map((percent) => ({
          value: String(percent),
          label:
            percent === 0
              ? t('events.filter.confidence.any')
              : t('events.filter.confidence.from', { percent }),
        }))}
        onChange={(confidence) => set({ confidence: Number(confidence) })}
      />
      <SelectInput<ReviewedChoice>
        label={t('events.filter.reviewed')}
        labelHidden
        value={filter.reviewed}
        isSet={filter.reviewed !== 'any'}
        options={REVIEWED_CHOICES.map((value) => ({ value, label: t(`events.filter.reviewed.${value}`) }))}
        onChange={(reviewed) => set({ reviewed })}
      />
      {isFiltered(filter) ? (
        <>
          <FilterChips filter={filter} names={names} onChange={onChange} />
          <Button look="quiet" className="event-filter-clear" onPress={onClear}>
            {t('events.clear')}
          </Button>
        </>
      ) : null}
    </div>
  );
}
