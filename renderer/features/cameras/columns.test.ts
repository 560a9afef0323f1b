import { expect, test } from 'vitest';
import { columnsFor } from './columns';

const ids = (width: number | null) => columnsFor(width).map(({ id }) => id);

test('everything where there is room', () => {
  expect(ids(null)).toHaveLength(10);
  expect(ids(1_800)).toEqual(ids(null));
});

test('narrow tables give up what the details say as well, and nothing that is operated', () => {
  expect(ids(1_188)).not.toContain('address');
  expect(ids(1_188)).toContain('video');
  expect(ids(1_188)).toContain('location');
  expect(ids(1_188)).toContain('archive');
  expect(ids(830)).toEqual(['select', 'name', 'state', 'recording', 'started', 'actions']);
  expect(ids(10)).toEqual(ids(830));
});
