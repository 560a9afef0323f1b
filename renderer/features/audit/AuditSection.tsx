import { useState } from 'react';
import type { AuditEntry } from '../../../contract';
import { t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { AuditDetails } from './AuditDetails';
import { AuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';
import { AuditTools } from './AuditTools';
import { NO_CHOICE, toFilter } from './auditFilters';
import type { AuditChoice } from './auditFilters';
import { useAuditLog } from './useAuditLog';
import './audit.css';

/** Who did what, newest first: search, verify, export. */
export function AuditSection() {
  const [{ choice, filter }, choose] = useState(() => ({
    choice: NO_CHOICE,
    filter: toFilter(NO_CHOICE, 0),
  }));
  const [shown, show] = useState<AuditEntry | null>(null);
  const log = useAuditLog(filter);
  const onChange = (next: AuditChoice) => choose({ choice: next, filter: toFilter(next, Date.now()) });
  return (
    <div className="audit">
      <AuditTools filter={filter} onRefresh={log.retry} />
      <AuditFilters choice={choice} onChange={onChange} />
      {log.error === null ? null : (
        <Notice
          tone="bad"
          live="alert"
          title={t('audit.error')}
          actions={<Button onPress={log.retry}>{t('common.retry')}</Button>}
        >
          {log.error.message}
        </Notice>
      )}
      {log.entries === null && log.error === null ? <Busy text={t('audit.loading')} /> : null}
      {log.entries === null ? null : <AuditTable log={log} entries={log.entries} onShow={show} />}
      {shown === null ? null : <AuditDetails entry={shown} onClose={() => show(null)} />}
    </div>
  );
}
