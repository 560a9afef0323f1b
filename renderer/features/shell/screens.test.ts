import { expect, test } from 'vitest';
import { ACTIONS } from '../../keys/actions';
import { SCREENS } from './screens';

test('Ctrl and a digit of its own opens each screen, until the user chooses another key', () => {
  const digits = new Set<string>();
  for (const { id, label } of SCREENS) {
    const action = ACTIONS[`screen.${id}`];
    const digit = action.keys.find((key) => /^Ctrl\+[1-9]$/.test(key));
    expect(digit, id).toBeDefined();
    digits.add(digit ?? '');
    expect(action.label, id).toBe(label);
  }
  expect(digits.size).toBe(SCREENS.length);
  expect(ACTIONS['screen.settings'].keys, 'as in most applications of the desktop').toContain('Ctrl+,');
});
