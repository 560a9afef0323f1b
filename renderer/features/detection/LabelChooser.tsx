import { useState } from 'react';
import { t } from '../../strings';
import { CheckBox } from '../../ui/CheckBox';
import { SearchInput } from '../../ui/SearchInput';

export interface LabelChooserProps {
  /** What the model knows. */
  readonly known: readonly string[];
  /** Null: all. */
  readonly chosen: readonly string[] | null;
  readonly onChange: (chosen: readonly string[] | null) => void;
}

/** Which classes of a model count. */
export function LabelChooser({ known, chosen, onChange }: LabelChooserProps) {
  const [search, setSearch] = useState('');
  const all = [...new Set([...(chosen ?? []), ...known])];
  const wanted = search.trim().toLowerCase();
  const shown = all.filter((label) => label.toLowerCase().includes(wanted));
  const toggle = (label: string) => (isOn: boolean) =>
    onChange(isOn ? [...(chosen ?? []), label] : (chosen ?? []).filter((one) => one !== label));
  return (
    <div className="labels">
      <CheckBox
        label={t('detection.allLabels')}
        isSelected={chosen === null}
        onChange={(isAll) => onChange(isAll ? null : known.slice(0, 1))}
      />
      {chosen === null ? null : (
        <>
          {all.length > 12 ? (
            <SearchInput label={t('detection.searchLabels')} value={search} onChange={setSearch} />
          ) : null}
          <div className="labels-list" role="group" aria-label={t('detection.labels')}>
            {shown.map((label) => (
              <CheckBox
                key={label}
                label={label}
                isSelected={chosen.includes(label)}
                onChange={toggle(label)}
              />
            ))}
          </div>
          {chosen.length === 0 ? (
            <p className="field-error" role="alert">
              {t('detection.noLabel')}
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}
