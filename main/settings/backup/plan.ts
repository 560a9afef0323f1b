import type { SectionChanges } from '../../../contract/backup';
import type { WriteCall } from '../../store/protocol';
import { canonical } from './format';
import type { BackupSections } from './parseSections';
import { SECTIONS } from './sections';
import type { BackupSection, RestoreContext } from './sections/section';

export interface RestorePlan {
  readonly changes: readonly SectionChanges[];
  readonly calls: readonly WriteCall[];
}

/** What restoring checked sections would change, and the writes that do it. */
export async function planRestore(
  sections: BackupSections,
  context: RestoreContext,
  removeMissing: boolean,
): Promise<RestorePlan> {
  const changes: SectionChanges[] = [];
  const calls: WriteCall[] = [];
  for (const any of SECTIONS) {
    const entries = sections[any.name] ?? [];
    const part = await any.use((section) => planSection(section, entries as never, context, removeMissing));
    changes.push(part.changes);
    calls.push(...part.calls);
  }
  return { changes, calls };
}

async function planSection<V>(
  section: BackupSection<V>,
  entries: readonly V[],
  context: RestoreContext,
  removeMissing: boolean,
): Promise<{ changes: SectionChanges; calls: readonly WriteCall[] }> {
  const before = new Map((await section.read(context)).map((entry) => [section.keyOf(entry), entry]));
  const wanted = await section.adapt(entries, context);
  const keys = new Set(wanted.map((entry) => section.keyOf(entry)));
  const added = wanted.filter((entry) => !before.has(section.keyOf(entry)));
  const kept = wanted.filter((entry) => before.has(section.keyOf(entry)));
  const changed = kept.filter(
    (entry) =>
      canonical(before.get(section.keyOf(entry))) !== canonical(entry) ||
      section.changesBesides?.(entry, context) === true,
  );
  const removed = removeMissing ? [...before].flatMap(([key, entry]) => (keys.has(key) ? [] : [entry])) : [];
  const labels = (some: readonly V[]) => some.map((entry) => section.labelOf(entry, context));
  return {
    changes: {
      section: section.name,
      ...{ added: labels(added), changed: labels(changed), removed: labels(removed) },
      same: kept.length - changed.length,
    },
    calls: await section.write({ added, changed, removed }, context),
  };
}
