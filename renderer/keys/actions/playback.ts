import type { ActionTable } from './definition';

/** On the Playback screen. */
export const playbackActions = {
  'playback.toggle': { scope: 'playback', label: 'action.playback.toggle', keys: ['Space', 'K'] },
  'playback.reverse': { scope: 'playback', label: 'action.playback.reverse', keys: ['J'] },
  'playback.forward': { scope: 'playback', label: 'action.playback.forward', keys: ['L'] },
  'playback.step-back': { scope: 'playback', label: 'playback.stepBack', keys: [','], repeats: true },
  'playback.step-on': { scope: 'playback', label: 'playback.stepOn', keys: ['.'], repeats: true },
  'playback.earlier': {
    scope: 'playback',
    label: 'action.playback.earlier',
    keys: ['ArrowLeft'],
    repeats: true,
  },
  'playback.later': {
    scope: 'playback',
    label: 'action.playback.later',
    keys: ['ArrowRight'],
    repeats: true,
  },
  'playback.minute-earlier': {
    scope: 'playback',
    label: 'action.playback.minuteEarlier',
    keys: ['Shift+ArrowLeft'],
    repeats: true,
  },
  'playback.minute-later': {
    scope: 'playback',
    label: 'action.playback.minuteLater',
    keys: ['Shift+ArrowRight'],
    repeats: true,
  },
  'playback.faster': { scope: 'playback', label: 'action.playback.faster', keys: ['Shift+ArrowUp'] },
  'playback.slower': { scope: 'playback', label: 'action.playback.slower', keys: ['Shift+ArrowDown'] },
  'playback.zoom-in': {
    scope: 'playback',
    label: 'action.playback.zoomIn',
    keys: ['Plus', '='],
    repeats: true,
  },
  'playback.zoom-out': { scope: 'playback', label: 'action.playback.zoomOut', keys: ['-'], repeats: true },
  'playback.first': { scope: 'playback', label: 'action.playback.first', keys: ['Home'] },
  'playback.last': { scope: 'playback', label: 'action.playback.last', keys: ['End'] },
  'playback.mark-in': { scope: 'playback', label: 'action.playback.markIn', keys: ['I'] },
  'playback.mark-out': { scope: 'playback', label: 'action.playback.markOut', keys: ['O'] },
  'playback.clear-marks': { scope: 'playback', label: 'playback.clearRange', keys: ['X'] },
  'playback.go-to': { scope: 'playback', label: 'playback.goTo', keys: ['G'] },
  'playback.snapshot': { scope: 'playback', label: 'capture.snapshot', keys: ['S'], needs: 'capture.create' },
  'playback.motion-search': { scope: 'playback', label: 'action.playback.motionSearch', keys: ['Shift+M'] },
  'playback.sound': { scope: 'playback', label: 'sound.action', keys: ['M'] },
  'playback.full': { scope: 'playback', label: 'action.toggleFull', keys: ['F'] },
  'playback.live': { scope: 'playback', label: 'action.playback.live', keys: ['Shift+L'] },
} as const satisfies ActionTable;
