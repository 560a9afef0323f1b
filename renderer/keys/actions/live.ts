import type { ActionTable } from './definition';

/** On the Live screen. */
export const liveActions = {
  'live.layout-single': { scope: 'live', label: 'action.layoutSingle', keys: ['1'] },
  'live.layout-2x2': { scope: 'live', label: 'action.layout2x2', keys: ['4'] },
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
