import type { ArchiveFinding, ArchiveFindingKind } from '../../../../contract/archive';
import type { Finding } from './inspect';

/** What an unclean end leaves, and what is older than hashes: nothing is wrong with it. */
const NOTES: ReadonlySet<ArchiveFindingKind> = new Set([
  'hash-missing',
  'not-registered',
  'deletion-unfinished',
]);

export interface ArchiveCheckReport {
  readonly segments: number;
  readonly bytes: number;
  readonly counts: Partial<Record<ArchiveFindingKind, number>>;
  /** Violations that nothing was done about. */
  readonly open: number;
  readonly findings: readonly ArchiveFinding[];
}

/** @param outcomes of the findings, in their order; none: nothing was repaired */
export function reportOf(
  progress: { readonly segments: number; readonly bytes: number },
  findings: readonly Finding[],
  outcomes: readonly ArchiveFinding['outcome'][],
): ArchiveCheckReport {
  const counts: Partial<Record<ArchiveFindingKind, number>> = {};
  const shown = findings.map(({ kind, cameraId, file, detail }, index): ArchiveFinding => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    return { kind, camera_id: cameraId, path: file, detail, outcome: outcomes[index] ?? 'open' };
  });
  const open = shown.filter(({ kind, outcome }) => outcome === 'open' && !NOTES.has(kind)).length;
  return { ...progress, counts, open, findings: shown };
}
