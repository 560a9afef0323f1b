import type { ActionTable } from './definition';

/** On the tile that has the focus. */
export const tileActions = {
  'tile.toggle-full': { scope: 'tile', label: 'action.toggleFull', keys: ['F', 'Enter'] },
  'tile.snapshot': { scope: 'tile', label: 'capture.snapshot', keys: ['S'] },
  'tile.clip': { scope: 'tile', label: 'capture.clip', keys: ['C'] },
  'tile.menu': { scope: 'tile', label: 'tile.menu', keys: ['ContextMenu'], fixed: true },
} as const satisfies ActionTable;
