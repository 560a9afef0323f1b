import type { AuditEntry } from '../../../contract';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FactList } from '../../ui/FactList';
import { momentText } from '../../ui/timeText';
import { actionText } from './auditText';

/** One entry in full. */
export function AuditDetails({
  entry,
  onClose,
}: {
  readonly entry: AuditEntry;
  readonly onClose: () => void;
}) {
  const at = Date.parse(entry.time);
  const facts: readonly (readonly [string, string])[] = [
    [t('audit.time'), `${momentText(at)} (${entry.time})`],
    [t('audit.user'), entry.user_name || t('audit.unnamed')],
    [t('audit.action'), `${actionText(entry.action)} (${entry.action})`],
    [t('audit.outcome'), t(`audit.${entry.outcome}`)],
    [
      t('audit.cameras'),
      entry.cameras.map(({ id, name }) => `${name || t('audit.deletedCamera')} (${id})`).join('\n'),
    ],
    [t('audit.object'), entry.object === null ? '' : `${entry.object.kind} ${entry.object.id ?? ''}`],
    ...Object.entries(entry.detail).map(
      ([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
    [t('audit.hash'), entry.hash],
  ];
  return (
    <Dialog
      title={t('audit.details', { seq: entry.seq })}
      size="large"
      onClose={onClose}
      footer={
        <Button autoFocus onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <FactList className="audit-facts" facts={facts.filter(([, value]) => value !== '')} />
    </Dialog>
  );
}
