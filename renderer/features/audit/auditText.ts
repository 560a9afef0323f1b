import type { AuditEntry } from '../../../contract';
import type { PlainKey } from '../../strings';
import { t } from '../../strings';
import { en } from '../../strings/en';

/** What an action is called; one that has no name here yet is shown as it is. */
export function actionText(action: string): string {
  const key = `audited.${action}`;
  return Object.hasOwn(en, key) ? t(key as PlainKey) : action;
}

/** A few words about what it was done to. */
export function aboutText({ cameras, object, detail }: AuditEntry): string {
  const named = detail['name'] ?? detail['file'] ?? detail['reason'];
  const names = cameras.map(({ name }) => (name === '' ? t('audit.deletedCamera') : name)).join(', ');
  const parts = [
    names,
    typeof named === 'string' ? named : '',
    names === '' && typeof named !== 'string' && object !== null ? object.kind : '',
    detail['state'] === 'end' && typeof detail['seconds'] === 'number' ? secondsText(detail['seconds']) : '',
  ];
  return parts.filter((part) => part !== '').join(' \u00b7 ');
}

/** 75 is 1:15. */
function secondsText(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${String(h)}:${two(m)}:${two(s)}` : `${String(m)}:${two(s)}`;
}
