import { expect, test } from 'vitest';
import type { Capture } from '../../../../contract';
import { draftOf, errorsOf, isChanged } from './captureDraft';

const capture = { label: 'Car', tags: ['night', 'Theft'], notes: null } as unknown as Capture;

test('what is kept is no change, spaces and commas at the end neither', () => {
  const draft = draftOf(capture);
  expect(draft).toEqual({ label: 'Car', tags: 'night, Theft', notes: '' });
  expect(isChanged(draft, capture)).toBe(false);
  expect(isChanged({ ...draft, label: ' Car ', tags: 'night, Theft, ' }, capture)).toBe(false);
  for (const change of [{ label: '' }, { notes: 'x' }, { tags: 'night' }])
    expect(isChanged({ ...draft, ...change }, capture)).toBe(true);
});

test('each limit is told', () => {
  const fine = { label: 'x'.repeat(255), tags: 'x'.repeat(64), notes: 'x'.repeat(4000) };
  expect(errorsOf(fine)).toEqual({ label: null, tags: null, notes: null });
  const errors = errorsOf({ label: 'x'.repeat(256), tags: 'x'.repeat(65), notes: 'x'.repeat(4001) });
  expect(errors.label).toContain('255');
  expect(errors.notes).toContain('4001');
  expect(errors.tags).toContain('64');
  const many = Array.from({ length: 21 }, (_none, n) => String(n)).join();
  expect(errorsOf({ ...fine, tags: many }).tags).toContain('20');
});
