import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm } from 'node:fs/promises';
import type { RequestOf, ResponseOf } from '../../contract';
import type { AuditEntry, AuditFilter } from '../../contract/audit';
import { messageOf, VasError } from '../base/errors';
import type { NativeDialogs } from '../settings/dialogs';
import type { AuditFilter as StoreFilter, AuditRow, Store } from '../store/types';
import { auditCsvHead, auditCsvRecord } from './csv';

/** Entries that an export reads at once. */
const PAGE = 1_000;

type Names = ReadonlyMap<string, string>;

/** Reads the audit log: pages, verification, export. */
export class AuditBook {
  readonly #store: Store;
  readonly #dialogs: NativeDialogs;

  constructor(store: Store, dialogs: NativeDialogs) {
    this.#store = store;
    this.#dialogs = dialogs;
  }

  async list({ filter, before_seq, limit }: RequestOf<'audit.list'>): Promise<ResponseOf<'audit.list'>> {
    const rows = await this.#store.read.listAudit({
      ...storeFilterOf(filter),
      ...(before_seq === undefined ? {} : { beforeSeq: before_seq }),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const names = await this.#cameraNames();
    return {
      entries: page.map((row) => entryOf(row, names)),
      next_before: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
    };
  }

  names(): Promise<ResponseOf<'audit.names'>> {
    return this.#store.read.auditNames();
  }

  /** In steps, so that other reads are answered meanwhile. */
  async verify(): Promise<ResponseOf<'audit.verify'>> {
    let after: { seq: number; hash: string } | null = null;
    for (;;) {
      const { checked, broken, isDone }: Awaited<ReturnType<Store['read']['verifyAudit']>> =
        await this.#store.read.verifyAudit(after);
      if (isDone) return { checked: checked.seq, hash: checked.hash, broken };
      after = { ...checked };
    }
  }

  /** @throws VasError unavailable when the file cannot be written */
  async export({ filter, format }: RequestOf<'audit.export'>): Promise<ResponseOf<'audit.export'>> {
    const file = await this.#dialogs.saveFile({
      title: 'Export the audit log',
      suggestedName: `audit-log.${format}`,
      kind: { name: format.toUpperCase(), extension: format },
    });
    if (file === null) return { saved: null };
    const part = `${file}.part`;
    try {
      const target = await open(part, 'w', 0o600);
      let entries: number;
      try {
        entries = await this.#write(storeFilterOf(filter), format, target);
        await target.sync();
      } finally {
        await target.close();
      }
      await rename(part, file);
      return { saved: { path: file, entries } };
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      if (error instanceof VasError) throw error;
      throw new VasError(
        'unavailable',
        `The file cannot be written to ${file}: ${messageOf(error)}. Choose another folder.`,
        { cause: error },
      );
    }
  }

  async #write(filter: Omit<StoreFilter, 'limit'>, format: 'csv' | 'json', to: FileHandle): Promise<number> {
    const names = await this.#cameraNames();
    const head = await this.#store.read.auditHead();
    await to.appendFile(
      format === 'csv' ? auditCsvHead() : `{"last_entry":${JSON.stringify(head)},"entries":[`,
    );
    let written = 0;
    let afterSeq = 0;
    for (;;) {
      const rows: AuditRow[] = await this.#store.read.listAudit({
        ...{ ...filter, afterSeq, ascending: true, limit: PAGE },
      });
      const texts = rows.map((row, index) =>
        format === 'csv'
          ? auditCsvRecord(entryOf(row, names), row.previous)
          : `${written + index === 0 ? '\n' : ',\n'}${JSON.stringify({ ...entryOf(row, names), previous: row.previous })}`,
      );
      await to.appendFile(texts.join(''));
      written += rows.length;
      afterSeq = rows.at(-1)?.seq ?? afterSeq;
      if (rows.length < PAGE) break;
    }
    if (format === 'json') await to.appendFile('\n]}\n');
    return written;
  }

  /** Deleted cameras have a name, too: the entry says which one it was then or is now. */
  async #cameraNames(): Promise<Names> {
    const { rows } = await this.#store.read.listDevices({ limit: 10_000 });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

function storeFilterOf(filter: AuditFilter): Omit<StoreFilter, 'limit'> {
  const us = (iso: string): number => Date.parse(iso) * 1000;
  return {
    ...(filter.user_id === undefined ? {} : { userId: filter.user_id }),
    ...(filter.actions === undefined ? {} : { actions: filter.actions }),
    ...(filter.outcomes === undefined ? {} : { outcomes: filter.outcomes }),
    ...(filter.camera_id === undefined ? {} : { cameraId: filter.camera_id }),
    ...(filter.from === undefined ? {} : { fromUs: us(filter.from) }),
    ...(filter.to === undefined ? {} : { toUs: us(filter.to) }),
    ...(filter.text === undefined ? {} : { text: filter.text }),
  };
}

function entryOf(row: AuditRow, names: Names): AuditEntry {
  return {
    seq: row.seq,
    time: new Date(row.timeUs / 1000).toISOString(),
    user_id: row.userId,
    user_name: row.userName,
    action: row.action,
    object: row.objectKind === null ? null : { kind: row.objectKind, id: row.objectId },
    cameras: (JSON.parse(row.cameras) as string[]).map((id) => ({ id, name: names.get(id) ?? '' })),
    detail: JSON.parse(row.detail) as Record<string, unknown>,
    outcome: row.outcome,
    hash: row.hash,
  };
}
