/** A file that the shell's media protocol may serve. */
export interface MediaFile {
  /** Absolute path, found by id and never taken from a request. */
  readonly file: string;
  readonly mime: string;
}

export interface MediaFolders {
  readonly snapshots: { fileOf(id: string): Promise<string | null> };
  readonly thumbnails?: { fileOf(id: string): Promise<string | null> };
  readonly bookmarks: { fileOf(id: string, part: 'video' | 'thumbnail'): Promise<string | null> };
  readonly replays: { fileOf(id: string): string | null };
}

/**
 * The file behind a media address: `snapshots/<id>`, `snapshots/<id>/thumbnail`, `bookmarks/<id>/video`, `bookmarks/<id>/thumbnail` or
 * `replays/<id>`.
 * Null for anything else; text that is not an id is not even looked up.
 */
export async function resolveMedia(
  { snapshots, thumbnails, bookmarks, replays }: MediaFolders,
  parts: readonly string[],
): Promise<MediaFile | null> {
  const [kind, id = '', part, ...rest] = parts;
  if (rest.length > 0) return null;
  const served = async (file: Promise<string | null>, mime: string): Promise<MediaFile | null> => {
    const found = await file;
    return found === null ? null : { file: found, mime };
  };
  // Where so many are asked for at once that none can be made now, the picture itself is better than nothing.
  const small = async (of: string) => (await thumbnails?.fileOf(of)) ?? snapshots.fileOf(of);
  if (kind === 'snapshots' && part === undefined) return served(snapshots.fileOf(id), 'image/jpeg');
  if (kind === 'snapshots' && part === 'thumbnail') return served(small(id), 'image/jpeg');
  if (kind === 'replays' && part === undefined)
    return served(Promise.resolve(replays.fileOf(id)), 'video/mp4');
  if (kind === 'bookmarks' && part === 'video') return served(bookmarks.fileOf(id, part), 'video/mp4');
  if (kind === 'bookmarks' && part === 'thumbnail') return served(bookmarks.fileOf(id, part), 'image/jpeg');
  return null;
}
