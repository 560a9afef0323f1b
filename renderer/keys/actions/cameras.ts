import type { ActionTable } from './definition';

/** On the Cameras screen. */
export const camerasActions = {
  'cameras.add': { scope: 'cameras', label: 'cameras.add', keys: ['N'], needs: 'cameras.configure' },
  'cameras.search': { scope: 'cameras', label: 'cameras.search', keys: ['/', 'Ctrl+F'] },
} as const satisfies ActionTable;
