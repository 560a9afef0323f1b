import type { Device } from '../../../../contract';
import { command, toCallError } from '../../../data/call';
import { t } from '../../../strings';
import { toast } from '../../../ui/toasts';

/** Keeps the picture of a camera at a moment of the past, and says what came of it. @param at milliseconds since the epoch */
export async function takeSnapshot(device: Device | undefined, at: number): Promise<void> {
  if (device === undefined) return;
  try {
    const timestamp = new Date(at).toISOString();
    await command('snapshots.capture-historical', { device_id: device.id, timestamp });
    toast({ tone: 'ok', title: t('playback.snapshotSaved') });
  } catch (error) {
    const { message } = toCallError(error, 'snapshots.capture-historical');
    toast({ tone: 'bad', title: t('playback.snapshotFailed'), text: message });
  }
}
