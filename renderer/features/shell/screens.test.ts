import { expect, test } from 'vitest';
import { ACTIONS } from '../../keys/actions';
import { SCREENS } from './screens';

test('Ctrl and a digit opens the screen of that place, until the user chooses another key', () => {
  for (const [index, { id, label }] of SCREENS.entries()) {
    const action = ACTIONS[`screen.${id}`];
    expect(action.keys, id).toContain(`Ctrl+${String(index + 1)}`);
    expect(action.label, id).toBe(label);
  }
  expect(ACTIONS['screen.settings'].keys, 'as in most applications of the desktop').toContain('Ctrl+,');
});
