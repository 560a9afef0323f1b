import { useState } from 'react';
import type { AuditEntry } from '../../../contract';
import { t } from '../../strings';
import { FailureNotice } from '../../ui/FailureNotice';
import { Busy } from '../../ui/Busy';
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
      <FailureNotice title={t('audit.error')} error={log.error} onRetry={log.retry} />
      {log.entries === null && log.error === null ? <Busy text={t('audit.loading')} /> : null}
      {log.entries === null ? null : <AuditTable log={log} entries={log.entries} onShow={show} />}
      {shown === null ? null : <AuditDetails entry={shown} onClose={() => show(null)} />}
    </div>
  );
}
