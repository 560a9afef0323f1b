import type Database from 'better-sqlite3';
import type { EvidenceKeyRow } from '../types';
import type { ReadPart, WritePart } from './part';

export function evidenceReads(db: Database.Database): ReadPart<'evidenceKey'> {
  const newest = db.prepare<[], EvidenceKeyRow>(
    `SELECT public_key AS publicKey, sealed_key AS sealedKey, protection, created_us AS createdUs
     FROM evidence_keys ORDER BY rowid DESC LIMIT 1`,
  );
  return {
    evidenceKey() {
      const row = newest.get();
      if (!row) return null;
      return { ...row, publicKey: Uint8Array.from(row.publicKey), sealedKey: Uint8Array.from(row.sealedKey) };
    },
  };
}

export function evidenceWrites(db: Database.Database): WritePart<'addEvidenceKey'> {
  const insert = db.prepare(
    `INSERT INTO evidence_keys (public_key, sealed_key, protection, created_us)
     VALUES (@publicKey, @sealedKey, @protection, @createdUs)`,
  );
  return {
    addEvidenceKey: (row) =>
      void insert.run({
        ...row,
        publicKey: Buffer.from(row.publicKey),
        sealedKey: Buffer.from(row.sealedKey),
      }),
  };
}
