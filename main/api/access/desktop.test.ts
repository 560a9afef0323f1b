import { expect, it } from 'vitest';
import { guardFor, operatorOf } from './testing';

const GATE = '00000000-0000-4000-8000-000000000001';
const YARD = '00000000-0000-4000-8000-000000000002';
const cameras = [
  { id: GATE, name: 'Gate' },
  { id: YARD, name: 'Yard' },
];

it.each<[string, ReturnType<typeof operatorOf> | null, string[]]>([
  ['an administrator', operatorOf('administrator'), ['Gate', 'Yard']],
  ['who sees one camera', operatorOf('operator', { [GATE]: ['live'] }), ['Gate']],
  ['nobody', null, []],
])('the question before the end names the cameras that may be seen: %s', (_who, operator, names) => {
  const told = guardFor(operator).guard.mayHave('desktop.question', {});
  const question = { id: 1, kind: 'quit', cameras, tray: true };
  expect(told?.filter({ question })).toEqual({
    question: { ...question, cameras: cameras.filter(({ name }) => names.includes(name)) },
  });
  expect(told?.filter({ question: null })).toEqual({ question: null });
});
