/** A field of the form for a model's parameters. */
export interface ParameterField {
  readonly key: string;
  readonly label: string;
  readonly description: string | null;
  readonly kind: 'text' | 'number' | 'integer' | 'switch' | 'choice';
  readonly min: number | null;
  readonly max: number | null;
  readonly options: readonly string[];
  /** As it is shown where nothing is given. */
  readonly fallback: unknown;
}

/** What is entered: text of fields, on or off of switches; absent or empty: the model's own value. */
export type ParameterDraft = Readonly<Record<string, string | boolean>>;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const numberOr = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** The fields of a JSON Schema that a form can show; lists and nested objects are left out. */
export function fieldsOf(schema: Json | null): ParameterField[] {
  const properties = isObject(schema?.['properties']) ? schema['properties'] : {};
  return Object.entries(properties).flatMap(([key, property]) => {
    if (!isObject(property)) return [];
    const kind = kindOf(property);
    if (kind === null) return [];
    const { title, description, minimum, maximum } = property;
    return [
      {
        ...{ key, kind, fallback: property['default'] },
        label: typeof title === 'string' ? title : readable(key),
        description: typeof description === 'string' ? description : null,
        min: numberOr(minimum),
        max: numberOr(maximum),
        options: Array.isArray(property['enum']) ? property['enum'].map(String) : [],
      },
    ];
  });
}

function kindOf(property: Json): ParameterField['kind'] | null {
  const choices = property['enum'];
  if (Array.isArray(choices)) return choices.every((one) => typeof one === 'string') ? 'choice' : null;
  switch (property['type']) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return property['type'];
    case 'boolean':
      return 'switch';
    default:
      return null;
  }
}

/** `max_persons` as `Max persons`. */
function readable(key: string): string {
  const words = key.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is stored, as it is entered. */
export function draftOf(fields: readonly ParameterField[], stored: Json | null): ParameterDraft {
  return Object.fromEntries(
    fields.flatMap(({ key }) => {
      const value = stored?.[key];
      if (typeof value === 'boolean' || typeof value === 'string') return [[key, value] as const];
      return typeof value === 'number' ? [[key, String(value)] as const] : [];
    }),
  );
}

/** Fields whose entry is no number or out of range. */
export function wrongFields(fields: readonly ParameterField[], draft: ParameterDraft): ReadonlySet<string> {
  const wrong = fields.filter(({ key, kind, min, max }) => {
    const entry = draft[key];
    if ((kind !== 'number' && kind !== 'integer') || entry === undefined || entry === '') return false;
    const value = Number(entry);
    if (!Number.isFinite(value) || (kind === 'integer' && !Number.isInteger(value))) return true;
    return (min !== null && value < min) || (max !== null && value > max);
  });
  return new Set(wrong.map(({ key }) => key));
}

/** What is entered, as it is stored; what the form cannot show stays as it was. Null: nothing is given. */
export function parametersOf(
  fields: readonly ParameterField[],
  draft: ParameterDraft,
  stored: Json | null,
): Record<string, unknown> | null {
  const shown = new Set(fields.map(({ key }) => key));
  const kept = Object.entries(stored ?? {}).filter(([key]) => !shown.has(key));
  const given = fields.flatMap(({ key, kind }) => {
    const entry = draft[key];
    if (entry === undefined || entry === '') return [];
    return [[key, kind === 'number' || kind === 'integer' ? Number(entry) : entry] as const];
  });
  const all = [...kept, ...given];
  return all.length === 0 ? null : Object.fromEntries(all);
}
