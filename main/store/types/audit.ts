/** The audit log. Times are microseconds since the Unix epoch, UTC. */

/** One entry of the audit log. `cameras` and `detail` as they are kept: JSON. */
export interface AuditRow {
  readonly seq: number;
  readonly timeUs: number;
  readonly userId: string | null;
  readonly userName: string;
  readonly action: string;
  readonly objectKind: string | null;
  readonly objectId: string | null;
  readonly cameras: string;
  readonly detail: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly previous: string;
  readonly hash: string;
}

export type NewAuditEntry = Omit<AuditRow, 'seq' | 'cameras' | 'detail' | 'previous' | 'hash'> & {
  readonly cameras: readonly string[];
  /** Values that JSON has. */
  readonly detail: Readonly<Record<string, unknown>>;
};

export interface AuditFilter {
  readonly userId?: string;
  readonly actions?: readonly string[];
  readonly outcomes?: readonly string[];
  readonly cameraId?: string;
  /** In [fromUs, toUs). */
  readonly fromUs?: number;
  readonly toUs?: number;
  /** Anywhere in name, action, object or detail. */
  readonly text?: string;
  readonly beforeSeq?: number;
  readonly afterSeq?: number;
  /** Oldest first. */
  readonly ascending?: boolean;
  readonly limit: number;
}

/** How far the audit log was verified. */
export interface AuditVerification {
  /** The last entry that is right. */
  readonly checked: { readonly seq: number; readonly hash: string };
  /** The first difference. */
  readonly broken: { readonly seq: number; readonly kind: 'missing' | 'changed' | 'link' } | null;
  /** False: ask again with `checked`. */
  readonly isDone: boolean;
}

export interface AuditReads {
  /** Newest first unless `ascending`. */
  listAudit(filter: AuditFilter): Promise<AuditRow[]>;
  /** One step of the verification; goes on after `after`, null: from the beginning. */
  verifyAudit(after: { seq: number; hash: string } | null): Promise<AuditVerification>;
  /** The last entry. */
  auditHead(): Promise<{ seq: number; hash: string }>;
  /** What a filter can choose from. */
  auditNames(): Promise<{ users: { id: string; name: string }[]; actions: string[] }>;
}

export interface AuditWrites {
  /** Adds entries to the audit log, each following the one before. */
  appendAudit(entries: readonly NewAuditEntry[]): Promise<void>;
}
