import { Gallery } from '../../gallery/gallery';
import { saveCaptures } from '../../gallery/saveCaptures';
import type { HandlerContext, HandlersFor } from './context';

export function galleryHandlers({ kernel, store, dialogs }: HandlerContext): HandlersFor<'captures'> {
  const { snapshots, bookmarks, clock } = kernel;
  const gallery = new Gallery({
    ...{ store, clock, snapshots, bookmarks },
    onChanged: () => kernel.captures.changed(),
  });
  return {
    'captures.list': (request) => gallery.list(request),
    'captures.get': (request) => gallery.get(request),
    'captures.tags': (request) => gallery.tags(request),
    'captures.update': (request) => gallery.update(request),
    'captures.delete': ({ items }) => gallery.delete(items),
    'captures.save': ({ items }) =>
      saveCaptures(
        {
          dialogs,
          row: (item) => gallery.row(item),
          fileOf: ({ kind, id }) =>
            kind === 'snapshot' ? snapshots.fileOf(id) : bookmarks.fileOf(id, 'video'),
        },
        items,
      ),
  };
}
