import type { Device, StreamState } from '../../../contract';
import type { CallError } from '../../data/call';
import { plural, t } from '../../strings';
import type { Tone } from '../../ui/Notice';
import type { ScreenId } from './screens';

export interface ShellNotice {
  readonly id: string;
  readonly tone: Tone;
  readonly text: string;
  /** The screen that shows more. */
  readonly screen: ScreenId | null;
}

export interface NoticeSources {
  readonly streams: readonly StreamState[];
  readonly devices: readonly Device[] | null;
  readonly devicesError: CallError | null;
  /** Nothing was heard from the main process although it was time. */
  readonly silent: boolean;
}

/** What the whole workstation must know, most urgent first. */
export function shellNotices({ streams, devices, devicesError, silent }: NoticeSources): ShellNotice[] {
  const notices: ShellNotice[] = [];
  const known = new Map((devices ?? []).map((device) => [device.id, device]));
  const main = streams.filter((state) => state.role === 'main' && known.get(state.camera_id)?.is_active);

  if (silent) notices.push({ id: 'silent', tone: 'bad', text: t('notice.silent'), screen: null });
  if (devicesError !== null)
    notices.push({
      id: 'devices',
      tone: 'bad',
      text: t('notice.devices', { reason: devicesError.message }),
      screen: 'cameras',
    });
  const storage = main.filter((state) => state.fault?.code === 'storage').length;
  if (storage > 0)
    notices.push({ id: 'storage', tone: 'bad', text: plural('notice.storage', storage), screen: 'cameras' });
  const away = main.filter((state) => ['backing-off', 'stalled'].includes(state.phase)).length - storage;
  if (away > 0)
    notices.push({ id: 'away', tone: 'warn', text: plural('notice.away', away), screen: 'cameras' });
  return notices;
}
