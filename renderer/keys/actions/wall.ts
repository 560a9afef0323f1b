import type { ActionTable } from './definition';

/** On the wall: its layouts, its camera list and its tiles among each other. */
export const wallActions = {
  'application.full-screen': { scope: 'application', label: 'action.fullScreen', keys: ['F11'] },
  'live.layout-single': { scope: 'live', label: 'action.layoutSingle', keys: ['1'] },
  'live.layout-2x2': { scope: 'live', label: 'action.layout2x2', keys: ['2'] },
  'live.layout-3x3': { scope: 'live', label: 'action.layout3x3', keys: ['3'] },
  'live.layout-4x4': { scope: 'live', label: 'action.layout4x4', keys: ['4'] },
  'live.layout-1+5': { scope: 'live', label: 'action.layout1and5', keys: ['5'] },
  'live.layout-1+7': { scope: 'live', label: 'action.layout1and7', keys: ['7'] },
  'live.layout-free': { scope: 'live', label: 'action.layoutFree', keys: ['0'] },
  'live.arrange': { scope: 'live', label: 'action.arrange', keys: ['E'] },
  'live.next-layout': { scope: 'live', label: 'action.nextLayout', keys: ['PageDown'] },
  'live.previous-layout': { scope: 'live', label: 'action.previousLayout', keys: ['PageUp'] },
  'live.save-layout': { scope: 'live', label: 'action.saveLayout', keys: ['Ctrl+S'], needs: 'layouts.edit' },
  'live.tour': { scope: 'live', label: 'action.tour', keys: ['T'] },
  'live.camera-list': { scope: 'live', label: 'action.cameraList', keys: ['P'] },
  'live.search-cameras': { scope: 'live', label: 'action.searchCameras', keys: ['/', 'Ctrl+F'] },
  'live.swap-left': { scope: 'live', label: 'action.swapLeft', keys: ['Shift+ArrowLeft'], fixed: true },
  'live.swap-right': { scope: 'live', label: 'action.swapRight', keys: ['Shift+ArrowRight'], fixed: true },
  'live.swap-up': { scope: 'live', label: 'action.swapUp', keys: ['Shift+ArrowUp'], fixed: true },
  'live.swap-down': { scope: 'live', label: 'action.swapDown', keys: ['Shift+ArrowDown'], fixed: true },
} as const satisfies ActionTable;
