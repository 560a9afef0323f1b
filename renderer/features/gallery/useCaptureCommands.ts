import type { Capture, CaptureItem } from '../../../contract';
import { MOST_CAPTURES } from '../../../contract/gallery';
import { useCommand } from '../../data/useCommand';
import { plural, t } from '../../strings';
import { toast } from '../../ui/toasts';

const itemOf = ({ kind, id }: Capture): CaptureItem => ({ kind, id });

export interface CaptureCommands {
  readonly isDeleting: boolean;
  readonly save: (captures: readonly Capture[]) => Promise<void>;
  /** @returns those that are gone now */
  readonly remove: (captures: readonly Capture[]) => Promise<readonly CaptureItem[]>;
}

/** Copies and deletes captures, and tells what came of it. */
export function useCaptureCommands(): CaptureCommands {
  const saving = useCommand('captures.save');
  const deleting = useCommand('captures.delete');
  const fits = (captures: readonly Capture[]) => {
    if (captures.length <= MOST_CAPTURES) return captures.length > 0;
    toast({
      tone: 'info',
      title: t('gallery.mostAtOnce', { most: MOST_CAPTURES }),
      text: t('gallery.mostAtOnceText'),
    });
    return false;
  };
  return {
    isDeleting: deleting.running,
    async save(captures) {
      if (!fits(captures)) return;
      const done = await saving.run({ items: captures.map(itemOf) });
      if (!done.ok)
        return void toast({ tone: 'bad', title: t('gallery.saveFailed'), text: done.error.message });
      const { saved } = done.data;
      if (saved === null) return;
      const [failed] = saved.failed;
      if (failed !== undefined)
        toast({
          tone: 'bad',
          title: t('gallery.saveFailed'),
          text: `${plural('gallery.notSaved', saved.failed.length)} ${failed.message}`,
        });
      if (saved.files > 0)
        toast({
          tone: 'ok',
          title: plural('gallery.savedMany', saved.files),
          text: captures.length === 1 ? saved.path : t('gallery.savedIn', { path: saved.path }),
        });
    },
    async remove(captures) {
      if (!fits(captures)) return [];
      const done = await deleting.run({ items: captures.map(itemOf) });
      if (!done.ok) {
        toast({ tone: 'bad', title: t('gallery.deleteFailed'), text: done.error.message });
        return [];
      }
      const { deleted, failed } = done.data;
      const [first] = failed;
      if (first !== undefined) toast({ tone: 'bad', title: t('gallery.deleteFailed'), text: first.message });
      if (deleted.length > 0) toast({ tone: 'ok', title: plural('gallery.deleted', deleted.length) });
      return deleted;
    },
  };
}
