import { createHash } from 'node:crypto';
import { VasError } from '../../base/errors';
import type { BackupDocument } from './format';
import { backupDocument, canonical, FORMAT, FORMAT_VERSION, MOST_BYTES, MOST_DEPTH } from './format';

/** Names that would reach into the objects of JavaScript itself. */
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

const checksumOf = (document: BackupDocument): string =>
  `sha256-${createHash('sha256').update(canonical(document)).digest('hex')}`;

/** The text of a backup file. */
export function writeDocument(document: BackupDocument): string {
  return `${JSON.stringify({ ...document, checksum: checksumOf(document) }, null, 2)}\n`;
}

/**
 * Reads the text of a backup file. Whatever stands there, nothing but a whole document comes out.
 * @throws VasError invalid saying what is wrong with the file
 */
export function parseDocument(text: string): BackupDocument {
  if (Buffer.byteLength(text) > MOST_BYTES) throw tooLarge();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refused('This file is not a backup of VAS Workstation, or it is damaged.', cause);
  }
  if (typeof value !== 'object' || value === null || (value as { format?: unknown }).format !== FORMAT)
    throw refused('This file is not a backup of VAS Workstation.');
  const { version } = value as { version?: unknown };
  if (typeof version === 'number' && version > FORMAT_VERSION)
    throw refused(
      'This backup was made by a newer VAS Workstation. Install that version, or make a new backup with this one.',
    );
  refuseHostile(value, 0);
  const { checksum, ...rest } = value as { checksum?: unknown };
  const parsed = backupDocument.safeParse(rest);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refused(
      `This backup is damaged: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`,
    );
  }
  if (checksum !== checksumOf(parsed.data))
    throw refused(
      'This backup is damaged or was changed by hand: its checksum does not fit. Use another copy.',
    );
  return parsed.data;
}

function refuseHostile(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MOST_DEPTH) throw refused('This backup is damaged: it is nested too deeply.');
  for (const [key, inner] of Object.entries(value)) {
    if (FORBIDDEN.includes(key))
      throw refused('This backup contains names that no backup has. It is not used.');
    refuseHostile(inner, depth + 1);
  }
}

export function tooLarge(): VasError {
  return refused(
    `This file is larger than any backup (${String(MOST_BYTES / 1024 / 1024)} MB). Choose another one.`,
  );
}

function refused(message: string, cause?: unknown): VasError {
  return new VasError('invalid', message, cause === undefined ? {} : { cause });
}
