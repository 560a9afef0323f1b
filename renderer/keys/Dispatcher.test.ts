import { expect, test, vi } from 'vitest';
import type { ActionId } from './actions';
import { ACTIONS } from './actions';
import type { DispatchedStroke, Registration } from './Dispatcher';
import { Dispatcher } from './Dispatcher';

/** An element as far as the dispatcher looks: what it matches, and what contains it. */
function element(selectors: readonly string[] = [], parents: readonly unknown[] = []) {
  const matches = (list: string) => list.split(/,\s*/).some((one) => selectors.includes(one));
  const self = {
    matches,
    closest: (list: string) => (matches(list) ? self : null),
    contains: (other: unknown) =>
      other === self || (other as { parents?: unknown[] }).parents?.includes(self),
    parents,
  };
  return self as unknown as NonNullable<DispatchedStroke['target']>;
}

const press = (
  key: string,
  target: DispatchedStroke['target'] = element(),
  more: Partial<DispatchedStroke> = {},
): DispatchedStroke => ({
  key,
  code: /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : '',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  altGraph: false,
  repeat: false,
  target,
  ...more,
});

function setUp() {
  const dispatcher = new Dispatcher((id) => ACTIONS[id].keys);
  const add = (id: ActionId, more: Partial<Registration> = {}) => {
    const handler = vi.fn<() => unknown>();
    const remove = dispatcher.register({
      id,
      handler,
      within: () => undefined,
      enabled: () => true,
      ...more,
    });
    return { handler, remove };
  };
  return { dispatcher, add };
}

test('a key does its action, and nothing else does', () => {
  const { dispatcher, add } = setUp();
  const { handler, remove } = add('tile.snapshot');
  const other = add('tile.clip');
  expect(dispatcher.dispatch(press('s'), false)).toBe(true);
  expect(dispatcher.dispatch(press('x'), false)).toBe(false);
  remove();
  expect(dispatcher.dispatch(press('s'), false)).toBe(false);
  expect(handler).toHaveBeenCalledOnce();
  expect(other.handler).not.toHaveBeenCalled();
});

test('a tile has its keys only while the focus is in it', () => {
  const { dispatcher, add } = setUp();
  const [first, second] = [element(), element()];
  const one = add('tile.snapshot', { within: () => first });
  const two = add('tile.snapshot', { within: () => second });
  const inside = element([], [second]);
  expect(dispatcher.dispatch(press('s', inside), false)).toBe(true);
  expect(dispatcher.dispatch(press('s', element()), false)).toBe(false);
  expect(dispatcher.dispatch(press('s', null), false)).toBe(false);
  expect(one.handler).not.toHaveBeenCalled();
  expect(two.handler).toHaveBeenCalledOnce();
});

test('the innermost scope comes first, and passes on what is not for it', () => {
  const { dispatcher } = setUp();
  const order: string[] = [];
  const keys: Partial<Record<ActionId, string[]>> = {
    'application.keys': ['K'],
    'live.layout-single': ['K'],
    'tile.clip': ['K'],
  };
  const shared = new Dispatcher((id) => keys[id] ?? []);
  for (const id of ['application.keys', 'tile.clip', 'live.layout-single'] as const)
    shared.register({
      id,
      within: () => undefined,
      enabled: () => true,
      handler: () => {
        order.push(id);
        return id !== 'tile.clip';
      },
    });
  expect(shared.dispatch(press('k'), false)).toBe(true);
  expect(order).toEqual(['tile.clip', 'live.layout-single']);
  expect(dispatcher.dispatch(press('k'), false)).toBe(false);
});

test('what is switched off does nothing', () => {
  const { dispatcher, add } = setUp();
  const { handler } = add('tile.snapshot', { enabled: () => false });
  expect(dispatcher.dispatch(press('s'), false)).toBe(false);
  expect(handler).not.toHaveBeenCalled();
});

test('a held key acts once, but moving goes on', () => {
  const { dispatcher, add } = setUp();
  const once = add('tile.snapshot');
  const moving = add('live.focus-left');
  expect(dispatcher.dispatch(press('s', element(), { repeat: true }), false)).toBe(true);
  expect(dispatcher.dispatch(press('ArrowLeft', element(), { repeat: true }), false)).toBe(true);
  expect(once.handler).not.toHaveBeenCalled();
  expect(moving.handler).toHaveBeenCalledOnce();
});

test.each([
  ['a dialog keeps every key', ['[role=dialog]'], 'F1', {}, false],
  ['a text field keeps what is typed', ['[role=textbox]'], 's', {}, false],
  ['a text field keeps its editing keys', ['[role=textbox]'], 'Escape', {}, false],
  ['a text field leaves other chords', ['[role=textbox]'], '1', { ctrlKey: true, code: 'Digit1' }, true],
  ['a text field leaves function keys', ['[role=textbox]'], 'F1', {}, true],
  ['a list keeps letters, which search it', ['[role=grid]'], 's', {}, false],
  ['a list keeps arrows', ['[role=listbox]'], 'ArrowLeft', {}, false],
  ['a radio group keeps arrows', ['[role=radiogroup]'], 'ArrowLeft', {}, false],
  ['a radio group leaves letters', ['[role=radiogroup]'], 's', {}, true],
  ['a button keeps Enter', ['button'], 'Enter', {}, false],
  ['a button leaves letters', ['button'], 's', {}, true],
  ['a player keeps Space, which plays', ['video[controls]'], ' ', {}, false],
  ['a player keeps arrows, which seek', ['video[controls]'], 'ArrowLeft', {}, false],
  ['a player leaves letters', ['video[controls]'], 's', {}, true],
  ['a picture without controls keeps nothing', ['video'], ' ', {}, true],
] as const)('%s', (_what, selectors, key, more, taken) => {
  const { dispatcher, add } = setUp();
  const ids = [
    'tile.snapshot',
    'tile.toggle-full',
    'live.focus-left',
    'live.leave-full',
    'application.keys',
    'screen.live',
    'events.review',
  ] as const;
  for (const id of ids) add(id);
  expect(dispatcher.dispatch(press(key, element(selectors), more), false)).toBe(taken);
});

test('while a modal dialog is open no action is meant, wherever the focus is', () => {
  const { dispatcher, add } = setUp();
  add('application.keys');
  expect(dispatcher.dispatch(press('F1'), true)).toBe(false);
});
