import type { CameraGroup, CaptureFilter } from '../../../contract';
import type { TimeChoice } from '../events/eventFilter';
import { camerasOf, spanOf } from '../events/eventFilter';

export const KINDS = ['any', 'bookmark', 'snapshot'] as const;
export type KindChoice = (typeof KINDS)[number];

export const LABELLED = ['any', 'yes', 'no'] as const;
export type LabelledChoice = (typeof LABELLED)[number];

export interface GalleryFilter {
  readonly kind: KindChoice;
  readonly cameras: readonly string[];
  /** Ids of groups. */
  readonly groups: readonly string[];
  readonly labelled: LabelledChoice;
  readonly tags: readonly string[];
  readonly time: TimeChoice;
  /** Part of label or notes. */
  readonly text: string;
}

export const NO_GALLERY_FILTER: GalleryFilter = {
  kind: 'any',
  cameras: [],
  groups: [],
  labelled: 'any',
  tags: [],
  time: 'any',
  text: '',
};

export function isFiltered(filter: GalleryFilter): boolean {
  return JSON.stringify(filter) !== JSON.stringify(NO_GALLERY_FILTER);
}

/**
 * The filter as the main process understands it.
 * @param now moment at which the filter was chosen, milliseconds since the epoch; "last hour" is before it
 */
export function toRequest(filter: GalleryFilter, groups: readonly CameraGroup[], now: number): CaptureFilter {
  const cameraIds = camerasOf(filter, groups);
  const { from, to } = spanOf(filter.time, now);
  const text = filter.text.trim();
  return {
    ...(filter.kind === 'any' ? {} : { kind: filter.kind }),
    ...(cameraIds === null ? {} : { device_ids: cameraIds }),
    ...(filter.labelled === 'any' ? {} : { has_label: filter.labelled === 'yes' }),
    ...(filter.tags.length === 0 ? {} : { tags: [...filter.tags] }),
    ...(from === null ? {} : { start_time: new Date(from).toISOString() }),
    ...(to === null ? {} : { end_time: new Date(to).toISOString() }),
    ...(text === '' ? {} : { text }),
  };
}
