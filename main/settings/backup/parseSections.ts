import { VasError } from '../../base/errors';
import type { BackupDocument } from './format';
import { SECTIONS } from './sections';

/** Checked entries by section; every section that this application knows is there. */
export type BackupSections = Readonly<Record<string, readonly unknown[]>>;

/**
 * Checks every entry of every section; sections that this application does not know are left out.
 * @throws VasError invalid naming the first entry that does not fit
 */
export function parseSections(document: BackupDocument): BackupSections {
  const sections: Record<string, unknown[]> = {};
  for (const section of SECTIONS) {
    const entries = document.sections[section.name] ?? [];
    const seen = new Set<string>();
    sections[section.name] = entries.map((entry, index) => {
      const parsed = section.schema.safeParse(entry);
      if (!parsed.success)
        throw refused(section.name, index, parsed.error.issues[0]?.message ?? 'it does not fit');
      const key = section.use((own) => own.keyOf(parsed.data as never));
      if (seen.has(key)) throw refused(section.name, index, 'it is there twice');
      seen.add(key);
      return parsed.data;
    });
  }
  return sections;
}

function refused(section: string, index: number, why: string): VasError {
  return new VasError(
    'invalid',
    `This backup cannot be used: entry ${String(index + 1)} of ${section}: ${why} Nothing was changed.`,
  );
}
