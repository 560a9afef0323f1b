import type { ActionTable } from './definition';

/** On the Gallery screen. */
export const galleryActions = {
  'gallery.next': { scope: 'gallery', label: 'gallery.next', keys: ['ArrowRight', 'J'], repeats: true },
  'gallery.previous': {
    scope: 'gallery',
    label: 'gallery.previous',
    keys: ['ArrowLeft', 'K'],
    repeats: true,
  },
  'gallery.down': { scope: 'gallery', label: 'gallery.down', keys: ['ArrowDown'], repeats: true },
  'gallery.up': { scope: 'gallery', label: 'gallery.up', keys: ['ArrowUp'], repeats: true },
  'gallery.page-down': { scope: 'gallery', label: 'gallery.pageDown', keys: ['PageDown'], repeats: true },
  'gallery.page-up': { scope: 'gallery', label: 'gallery.pageUp', keys: ['PageUp'], repeats: true },
  'gallery.first': { scope: 'gallery', label: 'gallery.first', keys: ['Home'] },
  'gallery.last': { scope: 'gallery', label: 'gallery.lastLoaded', keys: ['End'] },
  'gallery.open': { scope: 'gallery', label: 'gallery.open', keys: ['Enter'] },
  'gallery.close': { scope: 'gallery', label: 'gallery.close', keys: ['Escape'], fixed: true },
  'gallery.edit': { scope: 'gallery', label: 'gallery.edit', keys: ['E', 'F2'], needs: 'capture.change' },
  'gallery.save': { scope: 'gallery', label: 'gallery.save', keys: ['Ctrl+S'], needs: 'export' },
  'gallery.delete': { scope: 'gallery', label: 'gallery.delete', keys: ['Delete'], needs: 'capture.change' },
  'gallery.enlarge': { scope: 'gallery', label: 'gallery.enlarge', keys: ['F'] },
  'gallery.play': { scope: 'gallery', label: 'gallery.playPause', keys: ['Space'] },
  'gallery.frame-back': { scope: 'gallery', label: 'gallery.frameBack', keys: [','], repeats: true },
  'gallery.frame-on': { scope: 'gallery', label: 'gallery.frameOn', keys: ['.'], repeats: true },
  'gallery.select-all': { scope: 'gallery', label: 'gallery.selectAll', keys: ['Ctrl+A'], fixed: true },
  'gallery.view': { scope: 'gallery', label: 'gallery.switchView', keys: ['V'] },
  'gallery.search': { scope: 'gallery', label: 'gallery.search', keys: ['/', 'Ctrl+F'] },
  'gallery.new-clip': { scope: 'gallery', label: 'gallery.newClip', keys: ['N'], needs: 'capture.create' },
} as const satisfies ActionTable;
