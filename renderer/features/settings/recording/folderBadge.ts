import type { StorageFolder } from '../../../../contract';

export interface FolderBadge {
  readonly text: `storage.${'current' | 'standIn' | 'former' | 'missing' | 'foreign'}`;
  readonly tone: 'ok' | 'warn' | 'bad' | 'plain';
}

/** What a folder is at the moment, in one word. */
export function badgeOf(folder: Pick<StorageFolder, 'state' | 'is_current' | 'is_written'>): FolderBadge {
  const { state, is_current: isCurrent, is_written: isWritten } = folder;
  const badge = (text: FolderBadge['text'], tone: FolderBadge['tone']) => ({ text, tone });
  if (state === 'missing') return badge('storage.missing', isCurrent ? 'bad' : 'warn');
  if (state === 'foreign') return badge('storage.foreign', isCurrent ? 'bad' : 'warn');
  if (isCurrent) return badge('storage.current', 'ok');
  return isWritten ? badge('storage.standIn', 'warn') : badge('storage.former', 'plain');
}
