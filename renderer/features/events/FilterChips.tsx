import { Button } from 'react-aria-components';
import { t } from '../../strings';
import { CloseIcon } from '../../ui/icons';
import type { EventsFilter } from './eventFilter';
import { timeText } from './time/timeChoiceText';
import type { EventNames } from './useNames';

export interface FilterChipsProps {
  readonly filter: EventsFilter;
  readonly names: EventNames;
  readonly onChange: (filter: EventsFilter) => void;
}

/** Each condition that is set, to be taken away one by one. */
export function FilterChips({ filter, names, onChange }: FilterChipsProps) {
  const chips: { key: string; text: string; without: EventsFilter }[] = [];
  // A preset stands on its button in full.
  if (typeof filter.time !== 'string')
    chips.push({ key: 'time', text: timeText(filter.time), without: { ...filter, time: 'any' } });
  for (const kind of ['cameras', 'groups', 'labels', 'zones', 'models'] as const)
    for (const id of filter[kind])
      chips.push({
        key: `${kind} ${id}`,
        text: names[kind].find((choice) => choice.id === id)?.name ?? id,
        without: { ...filter, [kind]: filter[kind].filter((other) => other !== id) },
      });
  return (
    <ul className="event-chips">
      {chips.map(({ key, text, without }) => (
        <li key={key}>
          <Button
            className="event-chip"
            aria-label={t('events.removeFilter', { name: text })}
            onPress={() => onChange(without)}
          >
            {text}
            <CloseIcon size={12} />
          </Button>
        </li>
      ))}
    </ul>
  );
}
