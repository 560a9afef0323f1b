import { expect, test } from 'vitest';
import { assignmentRules } from '../../../contract/assignments';
import type { Area } from './areas';
import {
  areasOf,
  problemOf,
  renamed,
  rulesOf,
  withNew,
  without,
  withoutPoint,
  withPoint,
  withPointAt,
} from './areas';

const named = (number: number) => `Zone ${String(number)}`;
const square: Area = { kind: 'zone', name: 'Door', points: [[0, 0], [1, 0], [1, 1], [0, 1]] }; // prettier-ignore

test('what is drawn is what the contract takes, and comes back the same', () => {
  const areas = withNew(withNew([square], 'mask', named), 'zone', named);
  const rules = assignmentRules.parse(rulesOf(areas));
  expect(rules.zones.map(({ name }) => name)).toEqual(['Door', 'Zone 2']);
  expect(rules.masks).toHaveLength(1);
  expect(rulesOf(areasOf(rules))).toEqual({ zones: rules.zones, masks: rules.masks });
});

test('new zones get names that are free, and there are at most 16', () => {
  let areas: readonly Area[] = withNew([{ ...square, name: 'Zone 2' }], 'zone', named);
  expect(areas.map(({ name }) => name)).toEqual(['Zone 2', 'Zone 3']);
  for (let index = 0; index < 20; index++) areas = withNew(areas, 'zone', named);
  expect(areas).toHaveLength(16);
  expect(problemOf(areas)).toBeNull();
});

test('a corner more goes into the edge that is nearest', () => {
  expect(withPoint([square], 0, [0.5, 0.1])[0]?.points[1]).toEqual([0.5, 0.1]);
  expect(withPoint([square], 0, [0.05, 0.5])[0]?.points[4]).toEqual([0.05, 0.5]);
});

test('corners stay in the picture, and an area keeps three', () => {
  expect(withPointAt([square], 0, 2, [1.4, -0.2])[0]?.points[2]).toEqual([1, 0]);
  let areas: readonly Area[] = [square];
  for (let index = 0; index < 5; index++) areas = withoutPoint(areas, 0, 0);
  expect(areas[0]?.points).toHaveLength(3);
});

test('names are needed and differ', () => {
  expect(problemOf(renamed([square], 0, ' '))).toBe('unnamed');
  expect(problemOf([square, { ...square, name: 'Door ' }])).toBe('twice');
  expect(without([square], 0)).toEqual([]);
});
