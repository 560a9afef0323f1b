import { t } from '../../strings';
import { SelectInput } from '../../ui/SelectInput';
import { TextInput } from '../../ui/TextInput';
import type { ParameterDraft, ParameterField } from './parameterFields';
import { wrongFields } from './parameterFields';

export interface ParameterFormProps {
  readonly fields: readonly ParameterField[];
  readonly draft: ParameterDraft;
  readonly onChange: (draft: ParameterDraft) => void;
}

const OWN = '';

/** The parameters that a model takes, from its own description. */
export function ParameterForm({ fields, draft, onChange }: ParameterFormProps) {
  const wrong = wrongFields(fields, draft);
  const set = (key: string, value: string | boolean | undefined) => {
    const rest = Object.entries(draft).filter(([one]) => one !== key);
    onChange(Object.fromEntries(value === undefined ? rest : [...rest, [key, value]]));
  };
  if (fields.length === 0) return <p className="field-hint">{t('parameters.none')}</p>;
  return (
    <div className="detection-fields">
      {fields.map((field) => {
        const { key, label, description, kind, fallback } = field;
        const entry = draft[key];
        if (kind === 'switch' || kind === 'choice') {
          const values = kind === 'switch' ? ['true', 'false'] : field.options;
          const nameOf = (value: string) =>
            kind === 'choice' ? value : t(value === 'true' ? 'common.yes' : 'common.no');
          return (
            <div key={key} className="detection-field">
              <SelectInput
                label={label}
                value={entry === undefined ? OWN : String(entry)}
                options={[
                  { value: OWN, label: ownText(fallback) },
                  ...values.map((value) => ({ value, label: nameOf(value) })),
                ]}
                onChange={(value) =>
                  set(key, value === OWN ? undefined : kind === 'switch' ? value === 'true' : value)
                }
              />
              {description === null ? null : <p className="field-hint">{description}</p>}
            </div>
          );
        }
        return (
          <TextInput
            key={key}
            name={key}
            label={label}
            value={typeof entry === 'string' ? entry : ''}
            placeholder={ownText(fallback)}
            onChange={(value) => set(key, value === '' ? undefined : value)}
            error={wrong.has(key) ? rangeText(field) : null}
            {...(description === null ? {} : { hint: description })}
          />
        );
      })}
    </div>
  );
}

function ownText(fallback: unknown): string {
  const isPlain = ['string', 'number', 'boolean'].includes(typeof fallback);
  return isPlain ? t('parameters.own', { value: String(fallback) }) : t('parameters.ownUnknown');
}

function rangeText({ kind, min, max }: ParameterField): string {
  const whole = kind === 'integer';
  if (min !== null && max !== null)
    return t(whole ? 'parameters.wholeBetween' : 'parameters.between', { min, max });
  return t(whole ? 'parameters.whole' : 'parameters.number');
}
