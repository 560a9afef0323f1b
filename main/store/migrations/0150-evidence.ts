import type { Migration } from './migration';

/** The key that signs evidence packages: one row for each there ever was, the newest signs. */
const SQL = `
CREATE TABLE evidence_keys (
  -- Ed25519, raw, 32 bytes.
  public_key BLOB NOT NULL PRIMARY KEY CONSTRAINT evidence_keys_public_length CHECK (length(public_key) = 32),
  -- PKCS #8, sealed by the vault, never plain.
  sealed_key BLOB NOT NULL CONSTRAINT evidence_keys_sealed_length CHECK (length(sealed_key) BETWEEN 1 AND 8192),
  -- How the vault keeps it: strong or obfuscation.
  protection TEXT NOT NULL
    CONSTRAINT evidence_keys_protection_is_known CHECK (protection IN ('strong', 'obfuscation')),
  -- Microseconds since the epoch, UTC.
  created_us INTEGER NOT NULL CONSTRAINT evidence_keys_created_us_range CHECK (created_us >= 0)
) STRICT;
`;

export const evidence: Migration = {
  number: 150,
  name: 'evidence',
  up: (db) => void db.exec(SQL),
};
