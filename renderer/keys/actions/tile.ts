import type { ActionTable } from './definition';

/** On the tile that has the focus. */
export const tileActions = {
  'tile.toggle-full': { scope: 'tile', label: 'action.toggleFull', keys: ['F', 'Enter'] },
  'tile.snapshot': { scope: 'tile', label: 'capture.snapshot', keys: ['S'], needs: 'capture.create' },
  'tile.clip': { scope: 'tile', label: 'capture.clip', keys: ['C'], needs: 'capture.create' },
  'tile.back': { scope: 'tile', label: 'replay.back', keys: ['B'] },
  'tile.live': { scope: 'tile', label: 'replay.backToLive', keys: ['L'] },
  'tile.pause': { scope: 'tile', label: 'replay.pauseOrPlay', keys: ['Space'] },
  'tile.earlier': { scope: 'tile', label: 'replay.earlier', keys: [','], repeats: true },
  'tile.later': { scope: 'tile', label: 'replay.later', keys: ['.'], repeats: true },
  'tile.sound': { scope: 'tile', label: 'sound.action', keys: ['M'] },
  'tile.statistics': { scope: 'tile', label: 'stats.label', keys: ['I'] },
  'tile.overlay': { scope: 'tile', label: 'overlay.toggle', keys: ['O'] },
  'tile.overlay-settings': { scope: 'tile', label: 'overlay.settings', keys: ['Shift+O'] },
  'tile.zoom-in': { scope: 'tile', label: 'tile.zoomIn', keys: ['Plus', '='], repeats: true },
  'tile.zoom-out': { scope: 'tile', label: 'tile.zoomOut', keys: ['-'], repeats: true },
  'tile.zoom-reset': { scope: 'tile', label: 'tile.zoomReset', keys: ['Z'] },
  'tile.menu': { scope: 'tile', label: 'tile.menu', keys: ['ContextMenu'], fixed: true },
} as const satisfies ActionTable;

export type TileActionId = keyof typeof tileActions;
