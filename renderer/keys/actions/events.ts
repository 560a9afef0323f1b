import type { ActionTable } from './definition';

/** On the Events screen. */
export const eventsActions = {
  'events.next': { scope: 'events', label: 'events.next', keys: ['ArrowRight', 'J'], repeats: true },
  'events.previous': { scope: 'events', label: 'events.previous', keys: ['ArrowLeft', 'K'], repeats: true },
  'events.down': { scope: 'events', label: 'events.down', keys: ['ArrowDown'], repeats: true },
  'events.up': { scope: 'events', label: 'events.up', keys: ['ArrowUp'], repeats: true },
  'events.page-down': { scope: 'events', label: 'events.pageDown', keys: ['PageDown'], repeats: true },
  'events.page-up': { scope: 'events', label: 'events.pageUp', keys: ['PageUp'], repeats: true },
  'events.first': { scope: 'events', label: 'events.first', keys: ['Home'] },
  'events.last': { scope: 'events', label: 'events.lastLoaded', keys: ['End'] },
  'events.open': { scope: 'events', label: 'events.open', keys: ['Enter'] },
  'events.close': { scope: 'events', label: 'events.close', keys: ['Escape'], fixed: true },
  'events.review': {
    scope: 'events',
    label: 'events.reviewNext',
    keys: ['R', 'Space'],
    needs: 'events.review',
  },
  'events.undo': {
    scope: 'events',
    label: 'events.undoReview',
    keys: ['Ctrl+Z'],
    fixed: true,
    needs: 'events.review',
  },
  'events.select-all': { scope: 'events', label: 'events.selectAll', keys: ['Ctrl+A'], fixed: true },
  'events.play': { scope: 'events', label: 'events.play', keys: ['P'] },
  'events.enlarge': { scope: 'events', label: 'events.enlarge', keys: ['F'] },
  'events.copy-link': { scope: 'events', label: 'events.copyLink', keys: ['C'] },
  'events.show-new': { scope: 'events', label: 'events.showNew', keys: ['N'] },
  'events.view': { scope: 'events', label: 'events.switchView', keys: ['V'] },
} as const satisfies ActionTable;
