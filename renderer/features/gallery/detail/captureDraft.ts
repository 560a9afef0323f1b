import type { Capture } from '../../../../contract';
import { LABEL_LENGTH, MOST_TAGS, NOTES_LENGTH, TAG_LENGTH } from '../../../../contract/gallery';
import { t } from '../../../strings';
import { tagsOf } from '../captureText';

/** What is typed and not kept yet. */
export interface CaptureDraft {
  readonly label: string;
  readonly tags: string;
  readonly notes: string;
}

export type DraftErrors = Readonly<Record<keyof CaptureDraft, string | null>>;

export const draftOf = (capture: Capture): CaptureDraft => ({
  label: capture.label ?? '',
  tags: capture.tags.join(', '),
  notes: capture.notes ?? '',
});

export function errorsOf({ label, tags, notes }: CaptureDraft): DraftErrors {
  const tooLong = (text: string, most: number) =>
    text.trim().length > most ? t('gallery.tooLong', { most, count: text.trim().length }) : null;
  const list = tagsOf(tags);
  return {
    label: tooLong(label, LABEL_LENGTH),
    notes: tooLong(notes, NOTES_LENGTH),
    tags:
      list.length > MOST_TAGS
        ? t('gallery.tooManyTags', { most: MOST_TAGS })
        : list.some((tag) => tag.length > TAG_LENGTH)
          ? t('gallery.tagTooLong', { most: TAG_LENGTH })
          : null,
  };
}

export function isChanged(draft: CaptureDraft, capture: Capture): boolean {
  const kept = draftOf(capture);
  return (
    draft.label.trim() !== kept.label ||
    draft.notes.trim() !== kept.notes ||
    tagsOf(draft.tags).join() !== tagsOf(kept.tags).join()
  );
}
