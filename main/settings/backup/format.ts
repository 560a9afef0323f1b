import { z } from 'zod';
import { instant } from '../../../contract/common';

export const FORMAT = 'vas-workstation-configuration';
/** Raised when an older application could misunderstand the file. */
export const FORMAT_VERSION = 1;
/** Far more than 1,000 cameras need, bytes. */
export const MOST_BYTES = 8 * 1024 * 1024;
/** Entries of one section. */
const MOST_ENTRIES = 5_000;
/** Nesting of the whole file. */
export const MOST_DEPTH = 16;

const base64 = (bytes: number) =>
  z
    .string()
    .max(Math.ceil(bytes / 3) * 4)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/);

/**
 * Passwords, sealed with a key from a passphrase (RFC 7914 scrypt, AES-256-GCM of NIST SP 800-38D). The tag covers
 * the rest of the file as well. The cost is fixed: a file cannot ask for a gigabyte of memory.
 */
const sealedSecrets = z
  .object({
    kdf: z.literal('scrypt-131072-8-1'),
    salt: base64(32),
    cipher: z.literal('aes-256-gcm'),
    nonce: base64(12),
    tag: base64(16),
    data: base64(MOST_BYTES),
  })
  .strict();
export type SealedSecrets = z.infer<typeof sealedSecrets>;

/** What the passwords are, once opened: by id of the camera in the file. */
export const secrets = z.object({ passwords: z.record(z.uuid(), z.string().max(256)) }).strict();
export type Secrets = z.infer<typeof secrets>;

/** The file without its checksum. */
export const backupDocument = z
  .object({
    format: z.literal(FORMAT),
    version: z.literal(FORMAT_VERSION),
    created_at: instant,
    /** Version of the application that wrote it. */
    application: z.string().max(64),
    /** Entries by section; each section checks its own. */
    sections: z.record(z.string().regex(/^[a-z_]{1,40}$/), z.array(z.unknown()).max(MOST_ENTRIES)),
    secrets: sealedSecrets.nullable(),
  })
  .strict();
export type BackupDocument = z.infer<typeof backupDocument>;

/** JSON with its keys in order, so that equal values are equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
