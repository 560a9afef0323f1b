import { expect, test } from 'vitest';
import { draftOf, fieldsOf, parametersOf, wrongFields } from './parameterFields';

const schema = {
  type: 'object',
  properties: {
    max_persons: { type: 'integer', minimum: 1, maximum: 10, default: 8, description: 'At most this many.' },
    gain: { type: 'number', title: 'Gain' },
    mode: { enum: ['fast', 'exact'] },
    mirror: { type: 'boolean' },
    note: { type: 'string' },
    curve: { type: 'array' },
    broken: null,
  },
};
const fields = fieldsOf(schema);

test('a form from a schema: numbers, texts, switches, choices; the rest is left out', () => {
  expect(fields.map(({ key, kind }) => [key, kind])).toEqual([
    ['max_persons', 'integer'],
    ['gain', 'number'],
    ['mode', 'choice'],
    ['mirror', 'switch'],
    ['note', 'text'],
  ]);
  expect(fields[0]).toMatchObject({ label: 'Max persons', min: 1, max: 10, fallback: 8 });
  expect(fields[2]?.options).toEqual(['fast', 'exact']);
  expect(fieldsOf(null)).toEqual([]);
  expect(fieldsOf({ properties: 'none' })).toEqual([]);
});

test('what is stored is shown and comes back; what cannot be shown stays', () => {
  const stored = { max_persons: 3, mirror: false, mode: 'exact', curve: [1, 2] };
  const draft = draftOf(fields, stored);
  expect(draft).toEqual({ max_persons: '3', mirror: false, mode: 'exact' });
  expect(parametersOf(fields, draft, stored)).toEqual(stored);
  expect(parametersOf(fields, { max_persons: '' }, null)).toBeNull();
});

test.each([
  ['0', true],
  ['11', true],
  ['2.5', true],
  ['x', true],
  ['10', false],
  ['', false],
])('%s people at most', (max_persons, isWrong) => {
  expect(wrongFields(fields, { max_persons }).has('max_persons')).toBe(isWrong);
});
