import type { SortDescriptor } from 'react-aria-components';
import type { CameraHealth } from '../../../contract';

export type FigureColumn =
  'name' | 'state' | 'fps' | 'rate' | 'detection' | 'skipped' | 'reconnects' | 'gaps';

const PHASES: readonly CameraHealth['phase'][] = ['backing-off', 'stalled', 'starting', 'running', 'stopped'];

const VALUES: Readonly<Record<Exclude<FigureColumn, 'name'>, (camera: CameraHealth) => number | null>> = {
  state: ({ phase }) => PHASES.indexOf(phase),
  fps: ({ camera_fps }) => camera_fps,
  rate: ({ ingest_bytes_per_s }) => ingest_bytes_per_s,
  detection: ({ detection_fps }) => detection_fps,
  skipped: ({ skipped_fps }) => skipped_fps,
  reconnects: ({ reconnects }) => reconnects,
  gaps: ({ gap_seconds }) => gap_seconds,
};

/** What is not known goes last in either direction; names decide between equals. */
export function sortFigures(
  cameras: readonly CameraHealth[],
  { column, direction }: SortDescriptor,
): CameraHealth[] {
  const sign = direction === 'descending' ? -1 : 1;
  const byName = (one: CameraHealth, other: CameraHealth) =>
    one.name.localeCompare(other.name, undefined, { numeric: true });
  if (column === 'name') return [...cameras].sort((one, other) => sign * byName(one, other));
  const value = VALUES[column as keyof typeof VALUES];
  return [...cameras].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return a === b ? byName(one, other) : a === null ? 1 : -1;
    return a === b ? byName(one, other) : sign * (a - b);
  });
}
