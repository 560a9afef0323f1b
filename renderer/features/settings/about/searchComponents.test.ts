import { expect, test } from 'vitest';
import { searchComponents } from './searchComponents';

const component = (name: string, licence: string, text: string) => ({
  ...{ kind: 'package' as const, name, version: '1.0.0', licence, text },
});
const all = [
  component('alpha', 'MIT', 'Copyright Zed'),
  component('zed', 'ISC', 'Copyright Alpha'),
  component('mid', 'Apache-2.0', 'Grant of Patent License'),
];
const names = (search: string) => searchComponents(all, search).map(({ name }) => name);

test('finds names first, then texts; every word must be there', () => {
  expect(names('')).toEqual(['alpha', 'zed', 'mid']);
  expect(names('ZED')).toEqual(['zed', 'alpha']);
  expect(names('alpha copyright')).toEqual(['alpha', 'zed']);
  expect(names('apache')).toEqual(['mid']);
  expect(names('patent grant')).toEqual(['mid']);
  expect(names('nothing')).toEqual([]);
});
