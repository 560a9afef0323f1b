import { expect, test } from 'vitest';
import type { GalleryFilter } from './galleryFilter';
import { isFiltered, NO_GALLERY_FILTER, toRequest } from './galleryFilter';

const NOW = Date.UTC(2026, 10, 21, 12);
const groups = [{ id: 'g', name: 'North', camera_ids: ['a', 'b'] }] as unknown as Parameters<
  typeof toRequest
>[1];

test('nothing chosen asks for everything', () => {
  expect(toRequest(NO_GALLERY_FILTER, groups, NOW)).toEqual({});
  expect(isFiltered(NO_GALLERY_FILTER)).toBe(false);
});

test('everything that is chosen is asked for', () => {
  const filter: GalleryFilter = {
    ...NO_GALLERY_FILTER,
    kind: 'bookmark',
    groups: ['g'],
    cameras: ['b', 'c'],
    labelled: 'no',
    tags: ['x'],
    time: 'hour',
    text: '  red car ',
  };
  expect(toRequest(filter, groups, NOW)).toEqual({
    ...{ kind: 'bookmark', device_ids: ['b'], has_label: false, tags: ['x'], text: 'red car' },
    start_time: new Date(NOW - 3_600_000).toISOString(),
  });
  expect(isFiltered(filter)).toBe(true);
});
