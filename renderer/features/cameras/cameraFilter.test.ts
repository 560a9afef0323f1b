import { describe, expect, test } from 'vitest';
import type { StreamState } from '../../../contract';
import { deviceOf, streamStateOf } from '../../dev/samples';
import type { CameraFilter } from './cameraFilter';
import { isFiltered, isInState, locationsOf, matchesFilter, NO_FILTER } from './cameraFilter';

const gate = deviceOf('a', { name: 'Gate', location: 'North', groups: ['Outside', 'any'] });
const hall = deviceOf('b', { name: 'Hall', location: null, groups: [] });
const timed = (change: Partial<StreamState> = {}) => ({ state: streamStateOf('a', change), receivedAt: 0 });
const shows = (change: Partial<CameraFilter>) =>
  [gate, hall]
    .filter((device) => matchesFilter(device, timed(), { ...NO_FILTER, ...change }))
    .map(({ name }) => name);

test('search, group and location narrow the list together', () => {
  expect(shows({})).toEqual(['Gate', 'Hall']);
  expect(shows({ search: 'outside' })).toEqual(['Gate']);
  expect(shows({ group: 'is:Outside' })).toEqual(['Gate']);
  expect(shows({ group: 'none' })).toEqual(['Hall']);
  expect(shows({ location: 'is:North' })).toEqual(['Gate']);
  expect(shows({ location: 'none' })).toEqual(['Hall']);
  expect(shows({ location: 'is:North', search: 'hall' })).toEqual([]);
});

test('a group named like a choice is not that choice', () => {
  expect(shows({ group: 'is:any' })).toEqual(['Gate']);
  expect(shows({ group: 'is:none' })).toEqual([]);
});

describe('state', () => {
  const failing = timed({
    phase: 'backing-off',
    recording: false,
    fault: { code: 'unreachable', detail: '' },
    attempts: 9,
  });
  test.each([
    ['running', timed(), true],
    ['running', timed({ phase: 'stalled' }), false],
    ['offline', timed({ phase: 'stalled' }), true],
    ['offline', failing, true],
    ['offline', timed(), false],
    ['notRecording', timed(), false],
    ['notRecording', timed({ recording: false }), true],
    ['notRecording', failing, true],
    ['notRecording', null, true],
    ['stopped', timed({ phase: 'stopped' }), true],
    ['stopped', timed(), false],
  ] as const)('%s', (state, main, expected) => expect(isInState(gate, main, state)).toBe(expected));
});

test('choices are the ones there are, sorted as people count', () => {
  const devices = ['Floor 10', 'Floor 2', ' ', 'Floor 2'].map((location, n) =>
    deviceOf(String(n), { location }),
  );
  expect(locationsOf(devices)).toEqual(['Floor 2', 'Floor 10']);
  expect(isFiltered({ ...NO_FILTER, search: 'x' })).toBe(false);
  expect(isFiltered({ ...NO_FILTER, state: 'offline' })).toBe(true);
});
