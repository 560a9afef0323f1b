import type { StreamCondition } from '../../../data/streamCondition';
import { isSilent } from '../../../data/streamCondition';
import { t } from '../../../strings';

export interface ListState {
  readonly tone: 'ok' | 'warn' | 'bad' | 'quiet';
  readonly word: string;
}

/** State of a camera in one word. */
export function listState(condition: StreamCondition): ListState {
  switch (condition.kind) {
    case 'running':
      return { tone: 'ok', word: t('camera.running') };
    case 'connecting':
      return { tone: 'quiet', word: t('camera.connecting') };
    case 'stopped':
      return { tone: 'quiet', word: t('camera.stopped') };
    case 'silent':
      return { tone: 'warn', word: t('camera.silent') };
    case 'reconnecting':
      return { tone: 'warn', word: t('camera.reconnecting') };
    case 'offline':
      return { tone: 'bad', word: t(isSilent(condition.fault) ? 'tile.silent' : 'camera.offline') };
  }
}
