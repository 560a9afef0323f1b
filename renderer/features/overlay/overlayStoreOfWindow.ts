import { useSyncExternalStore } from 'react';
import type { OverlaySettings } from '../../../contract';
import { bridge } from '../../data/bridge';
import { command, toCallError } from '../../data/call';
import { t } from '../../strings';
import { toast } from '../../ui/toasts';
import { OverlayStore } from './OverlayStore';

export const overlayStore = new OverlayStore({
  connect: (adopt) => bridge().subscribe('preferences.changes', {}, adopt),
  async save(overlay) {
    await command('preferences.set', { overlay });
  },
  onFailure(error) {
    const { message } = toCallError(error, 'preferences.set');
    toast({ tone: 'bad', title: t('overlay.notSaved'), text: message });
  },
});

export function useOverlaySettings(): OverlaySettings {
  return useSyncExternalStore(overlayStore.subscribe, overlayStore.settings);
}

/** Class names seen so far. */
export function useSeenLabels(): readonly string[] {
  return useSyncExternalStore(overlayStore.subscribe, overlayStore.labels);
}
