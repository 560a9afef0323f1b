import { faultTitle } from '../../data/faultText';
import type { StreamCondition } from '../../data/streamCondition';
import { isSilent } from '../../data/streamCondition';
import { t } from '../../strings';

export interface CameraStateText {
  readonly word: string;
  /** Why, where there is a reason. */
  readonly reason: string | null;
  readonly tone: 'ok' | 'warn' | 'bad' | 'quiet';
}

/** The state of a camera in a row of the table. */
export function cameraStateText(condition: StreamCondition): CameraStateText {
  switch (condition.kind) {
    case 'stopped':
      return { word: t('camera.stopped'), reason: null, tone: 'quiet' };
    case 'connecting':
      return { word: t('camera.connecting'), reason: null, tone: 'quiet' };
    case 'running':
      return { word: t('camera.running'), reason: null, tone: 'ok' };
    case 'silent':
      return { word: t('camera.silent'), reason: faultTitle('stalled'), tone: 'warn' };
    case 'reconnecting':
      return { word: t('camera.reconnecting'), reason: faultTitle(condition.fault.code), tone: 'warn' };
    case 'offline':
      return {
        word: t(isSilent(condition.fault) ? 'tile.silent' : 'camera.offline'),
        reason: faultTitle(condition.fault.code),
        tone: 'bad',
      };
  }
}
