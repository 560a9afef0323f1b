import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActionId } from './actions';
import { ACTION_IDS, ACTIONS } from './actions';
import { assign, conflictsOf, isReserved, keysOf, MOST_KEYS, readOverrides } from './bindings';
import type { Overrides } from './bindings';
import { parseChord } from './chord';

describe('the default keys', () => {
  test.each(ACTION_IDS)('%s has keys that can be had, and shares none', (id) => {
    const { keys, fixed } = ACTIONS[id];
    expect(keys.length).toBeLessThanOrEqual(MOST_KEYS);
    for (const chord of keys) {
      expect(parseChord(chord), chord).not.toBeNull();
      if (fixed !== true) expect(isReserved(chord), chord).toBe(false);
    }
    expect(conflictsOf({}, id, keys)).toEqual([]);
  });
});

test('a key means one thing where scopes overlap, and may mean another elsewhere', () => {
  expect(conflictsOf({}, 'application.keys', ['S'])).toEqual(['tile.snapshot', 'playback.snapshot']);
  expect(conflictsOf({}, 'tile.snapshot', ['Ctrl+1'])).toEqual(['screen.live']);
  expect(conflictsOf({}, 'cameras.add', ['S', '1'])).toEqual([]);
});

test('taking a key takes it from the other action', () => {
  const taken = assign({}, 'tile.clip', ['S']);
  expect(taken).toEqual({ 'tile.clip': ['S'], 'tile.snapshot': [] });
  expect(assign(taken, 'tile.snapshot', ['S'])).toEqual({ 'tile.clip': [] });
});

test('the default keys are not stored', () => {
  expect(assign(assign({}, 'tile.clip', ['Ctrl+Alt+K']), 'tile.clip', ['C'])).toEqual({});
});

const changeable = ACTION_IDS.filter((id) => ACTIONS[id].fixed !== true);
const chord = fc.constantFrom('A', 'S', 'C', 'F', '1', '4', 'Ctrl+1', 'F2', 'Shift+F', '/');
const changes = fc.array(
  fc.tuple(fc.constantFrom(...changeable), fc.uniqueArray(chord, { maxLength: MOST_KEYS })),
  { maxLength: 12 },
);

test('after any changes no key means two things, and what is stored is read back as it was', () => {
  fc.assert(
    fc.property(changes, (list) => {
      const overrides = list.reduce<Overrides>((at, [id, chords]) => assign(at, id, chords), {});
      for (const id of ACTION_IDS) expect(conflictsOf(overrides, id, keysOf(overrides, id)), id).toEqual([]);
      expect(readOverrides(JSON.parse(JSON.stringify(overrides)))).toEqual(overrides);
    }),
  );
});

test('of a stored value only what is understood is taken', () => {
  expect(
    readOverrides({
      'tile.clip': ['K', 'k', 7, 'Escape', 'K'],
      'tile.snapshot': 'S',
      'live.leave-full': ['Q'],
      'tile.gone': ['Q'],
      constructor: ['Q'],
    }),
  ).toEqual({ 'tile.clip': ['K'] } satisfies Partial<Record<ActionId, string[]>>);
  fc.assert(
    fc.property(fc.anything(), (value) => {
      readOverrides(value);
    }),
  );
});
