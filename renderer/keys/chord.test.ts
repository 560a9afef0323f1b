import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyStroke } from './chord';
import { chordsOf, formatChord, NAMED_KEYS, parseChord } from './chord';

const stroke = (key: string, code: string, more: Partial<KeyStroke> = {}): KeyStroke => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  altGraph: false,
  ...more,
});

const key = fc.oneof(
  fc.constantFrom(...NAMED_KEYS),
  fc.constantFrom(...'ABCXYZ0123456789/?.-[]'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);
const parts = fc.record({
  ctrl: fc.boolean(),
  alt: fc.boolean(),
  shift: fc.boolean(),
  meta: fc.boolean(),
  key,
});

describe('a chord as text', () => {
  test('every chord that can be written is read back as the same, and has one spelling', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const text = formatChord(given);
        const read = parseChord(text);
        if (read !== null) expect(formatChord(read)).toBe(text);
      }),
    );
  });

  test('every named key, letter and digit can be written with every modifier', () => {
    const usual = fc.constantFrom(...NAMED_KEYS.filter((name) => name !== 'Plus'), ...'ABCXYZ0123456789');
    fc.assert(
      fc.property(parts, usual, (given, name) => {
        const chord = { ...given, key: name };
        expect(parseChord(formatChord(chord))).toEqual(chord);
      }),
    );
  });

  test('any text is a chord in its one spelling, or none, and never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), parts.map(formatChord)), (text) => {
        const read = parseChord(text);
        if (read !== null) expect(formatChord(read)).toBe(text);
      }),
    );
  });

  test.each([
    '',
    '+',
    'Ctrl',
    'Ctrl+',
    'Shift+Ctrl+A',
    'Ctrl+Ctrl+A',
    'a',
    'Shift+?',
    'Shift+Plus',
    'F25',
    '\u0000',
  ])('%j is none', (text) => expect(parseChord(text)).toBeNull());
});

describe('a key stroke as chords', () => {
  test.each([
    ['a letter', stroke('f', 'KeyF'), ['F']],
    ['a letter with Caps Lock', stroke('F', 'KeyF'), ['F']],
    ['the letter that the layout writes (AZERTY)', stroke('a', 'KeyQ'), ['A']],
    ['a layout without Latin letters', stroke('\u0430', 'KeyF'), ['F']],
    ['a letter that only this layout has', stroke('\u00fc', 'BracketLeft'), ['\u00dc']],
    ['a letter without a single capital', stroke('\u00df', 'Minus'), ['\u00df']],
    ['Ctrl and a digit', stroke('1', 'Digit1', { ctrlKey: true }), ['Ctrl+1']],
    ['a digit of the number pad', stroke('4', 'Numpad4'), ['4']],
    ['the number pad without Num Lock', stroke('ArrowLeft', 'Numpad4'), ['ArrowLeft']],
    ['the digit row of AZERTY', stroke('&', 'Digit1'), ['1', '&']],
    ['a sign above a digit', stroke('/', 'Digit7', { shiftKey: true }), ['Shift+7', '/']],
    ['a question mark, however it is typed', stroke('?', 'Minus', { shiftKey: true }), ['?']],
    [
      'AltGr as Windows reports it',
      stroke('[', 'Digit8', { ctrlKey: true, altKey: true, altGraph: true }),
      ['['],
    ],
    ['the space bar', stroke(' ', 'Space', { shiftKey: true }), ['Shift+Space']],
    ['plus', stroke('+', 'Equal', { ctrlKey: true, shiftKey: true }), ['Ctrl+Plus']],
    ['a function key', stroke('F1', 'F1'), ['F1']],
    ['a modifier alone', stroke('Control', 'ControlLeft', { ctrlKey: true }), []],
    ['a dead key', stroke('Dead', 'Equal'), []],
  ])('%s', (_what, given, chords) => expect(chordsOf(given)).toEqual(chords));

  test('what a key stroke means is always a chord', () => {
    const codes = fc.constantFrom('KeyA', 'Digit5', 'Numpad0', 'Minus', 'IntlBackslash', '');
    const any = fc.record({
      key: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 2 }), fc.constantFrom(...NAMED_KEYS)),
      code: codes,
      ctrlKey: fc.boolean(),
      altKey: fc.boolean(),
      shiftKey: fc.boolean(),
      metaKey: fc.boolean(),
      altGraph: fc.boolean(),
    });
    fc.assert(
      fc.property(any, (given) => {
        for (const chord of chordsOf(given)) expect(parseChord(chord), chord).not.toBeNull();
      }),
    );
  });
});
