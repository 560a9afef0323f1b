import type { PlaybackSession } from './session';

/**
 * The playlist of a session (RFC 8216): fragments of MP4 with the wall clock of each. It never ends, because a
 * player asks again only for such lists, and footage is found as it plays; what lies far behind is left out.
 */
export function playlistText({
  entries,
  discontinuitiesBefore,
}: Pick<PlaybackSession, 'entries' | 'discontinuitiesBefore'>): string {
  const longest = entries.reduce((most, { seconds }) => Math.max(most, seconds), 1);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${String(Math.ceil(longest))}`,
    `#EXT-X-MEDIA-SEQUENCE:${String(entries[0]?.index ?? 0)}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${String(discontinuitiesBefore)}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  let head = -1;
  for (const entry of entries) {
    if (entry.isDiscontinuity) lines.push('#EXT-X-DISCONTINUITY');
    if (entry.head !== head || entry.isDiscontinuity)
      lines.push(`#EXT-X-MAP:URI="head/${String(entry.head)}"`);
    head = entry.head;
    lines.push(
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(entry.wallUs / 1000)).toISOString()}`,
      `#EXTINF:${entry.seconds.toFixed(6)},`,
      `chunk/${String(entry.index)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
