import type { ActionTable } from './definition';

/** Everywhere but in dialogs. One `screen.<id>` for each screen of the rail, numbered in its order. */
export const applicationActions = {
  'screen.live': { scope: 'application', label: 'screen.live', keys: ['Ctrl+1'] },
  'screen.playback': {
    scope: 'application',
    label: 'screen.playback',
    keys: ['Ctrl+2'],
    needs: 'playback.watch',
  },
  'screen.cameras': {
    scope: 'application',
    label: 'screen.cameras',
    keys: ['Ctrl+3'],
    needs: 'cameras.configure',
  },
  'screen.alerts': { scope: 'application', label: 'screen.alerts', keys: ['Ctrl+4'] },
  'screen.events': { scope: 'application', label: 'screen.events', keys: ['Ctrl+5'] },
  'screen.gallery': { scope: 'application', label: 'screen.gallery', keys: ['Ctrl+6'] },
  'screen.models': { scope: 'application', label: 'screen.models', keys: ['Ctrl+7'], needs: 'configure' },
  'screen.health': { scope: 'application', label: 'screen.health', keys: ['Ctrl+8'] },
  'screen.settings': { scope: 'application', label: 'screen.settings', keys: ['Ctrl+9', 'Ctrl+,'] },
  'alerts.panel': { scope: 'application', label: 'action.alertsPanel', keys: ['F8'] },
  'alerts.acknowledge': {
    scope: 'application',
    label: 'action.acknowledge',
    keys: ['F9'],
    needs: 'alerts.acknowledge',
  },
  'session.lock': { scope: 'application', label: 'action.lock', keys: ['Ctrl+L'] },
  'application.quit': {
    scope: 'application',
    label: 'desktop.quit',
    keys: ['Ctrl+Q'],
    needs: 'application.quit',
  },
  'application.keys': { scope: 'application', label: 'action.keys', keys: ['?', 'F1'] },
} as const satisfies ActionTable;
