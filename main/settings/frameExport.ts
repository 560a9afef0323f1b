import type { FrameExportState } from '../../contract/settings';

/** The flag of seed 003: off unless somebody asks for it. */
export const FRAME_EXPORT_VARIABLE = 'AI_FRAME_EXPORT_ENABLED';

const YES = ['1', 'true', 'yes', 'on'];
const NO = ['0', 'false', 'no', 'off'];

/** The flag in an environment; null when it is absent or says neither yes nor no. */
export function environmentFlag(environment: Readonly<Record<string, string | undefined>>): boolean | null {
  const value = environment[FRAME_EXPORT_VARIABLE]?.trim().toLowerCase() ?? '';
  if (YES.includes(value)) return true;
  return NO.includes(value) ? false : null;
}

/** The flag is set, but nobody can tell to what. */
export function flagIsUnclear(environment: Readonly<Record<string, string | undefined>>): boolean {
  return (environment[FRAME_EXPORT_VARIABLE] ?? '').trim() !== '' && environmentFlag(environment) === null;
}

/** Frames per camera that are kept; default 8. Fewer than 2 would overwrite the newest while it is read. */
export function frameCapacity(environment: Readonly<Record<string, string | undefined>>): number {
  const value = Number(environment['AI_FRAME_BUFFER_CAPACITY'] ?? '');
  return Number.isInteger(value) && value >= 2 && value <= 64 ? value : 8;
}

/** The environment over the stored setting. */
export function frameExport(
  stored: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Omit<FrameExportState, 'running'> {
  const flag = environmentFlag(environment);
  return { stored, environment: flag, effective: flag ?? stored };
}
