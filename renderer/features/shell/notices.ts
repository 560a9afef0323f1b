import type { CallError } from '../../data/call';
import { t } from '../../strings';
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
  readonly devicesError: CallError | null;
  /** Nothing was heard from the main process although it was time. */
  readonly silent: boolean;
}

/** What this window cannot know because nothing is heard; what the workstation itself reports are alerts. */
export function shellNotices({ devicesError, silent }: NoticeSources): ShellNotice[] {
  const notices: ShellNotice[] = [];
  if (silent) notices.push({ id: 'silent', tone: 'bad', text: t('notice.silent'), screen: null });
  if (devicesError !== null)
    notices.push({
      id: 'devices',
      tone: 'bad',
      text: t('notice.devices', { reason: devicesError.message }),
      screen: 'cameras',
    });
  return notices;
}
