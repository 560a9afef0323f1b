import type { Audit } from '../audit/audit';

/** Pushes a number at once and a larger one whenever entries were added. */
export function auditRevision(audit: Audit) {
  let revision = 0;
  audit.onAdded(() => (revision += 1));
  return (_request: unknown, push: (value: { revision: number }) => void): (() => void) => {
    push({ revision });
    const listening = audit.onAdded(() => push({ revision }));
    return () => void listening.dispose();
  };
}
