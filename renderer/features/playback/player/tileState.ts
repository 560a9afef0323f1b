import type { ResponseOf } from '../../../../contract';
import type { PlaybackGapReason } from '../../../../contract/playback';

/** A stretch without footage; null where it is open. Milliseconds since the epoch. */
export interface TileGap {
  readonly from: number | null;
  readonly to: number | null;
  readonly reason: PlaybackGapReason;
}

/** What a tile of the Playback screen shows. */
export type TileState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'picture' }
  | { readonly kind: 'gap'; readonly gap: TileGap }
  | { readonly kind: 'error'; readonly message: string };

/** A gap as the contract tells it; not knowing of one is a gap of its own. */
export function gapOf(gap: ResponseOf<'playback.gap'>['gap']): TileGap {
  const at = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));
  return gap === null
    ? { from: null, to: null, reason: 'unknown' }
    : { from: at(gap.from), to: at(gap.to), reason: gap.reason };
}

/** Whether a moment lies in it. */
export const isInside = ({ from, to }: TileGap, at: number): boolean =>
  (from === null || at >= from) && (to === null || at < to);
