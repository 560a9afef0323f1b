import type { ResponseOf } from '../../../../contract';

export type EventExport = ResponseOf<'ai-events.exports'>['exports'][number];

/** Tells of each value whether it is news that an export has ended; what had ended before the first value is none. */
export function exportEnds(): (current: EventExport | undefined) => boolean {
  /** The export whose end is no news; undefined before the first value. */
  let told: string | null | undefined;
  return (current) => {
    const isFirst = told === undefined;
    told ??= null;
    if (current === undefined || current.state === 'running' || told === current.id) return false;
    told = current.id;
    return !isFirst;
  };
}
