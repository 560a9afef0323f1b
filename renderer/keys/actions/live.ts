import type { ActionTable } from './definition';

/** On the Live screen. */
export const liveActions = {
  'live.leave-full': { scope: 'live', label: 'tile.leaveFull', keys: ['Escape'], fixed: true },
  'live.focus-left': {
    scope: 'live',
    label: 'action.focusLeft',
    keys: ['ArrowLeft'],
    fixed: true,
    repeats: true,
  },
  'live.focus-right': {
    scope: 'live',
    label: 'action.focusRight',
    keys: ['ArrowRight'],
    fixed: true,
    repeats: true,
  },
  'live.focus-up': { scope: 'live', label: 'action.focusUp', keys: ['ArrowUp'], fixed: true, repeats: true },
  'live.focus-down': {
    scope: 'live',
    label: 'action.focusDown',
    keys: ['ArrowDown'],
    fixed: true,
    repeats: true,
  },
} as const satisfies ActionTable;
