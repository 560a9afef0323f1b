import type { LayoutId } from './layout';

export interface RoleChoice {
  readonly hasSub: boolean;
  readonly layout: LayoutId;
  readonly isFullWindow: boolean;
  /** Device pixels; null before the tile was measured. */
  readonly tileWidth: number | null;
  /** Pixels of the main stream; null when not known yet. */
  readonly mainWidth: number | null;
  /** The sub stream could not be had for this camera. */
  readonly subFailed: boolean;
}

/** Assumed of a main stream whose size is not known yet. */
const USUAL_MAIN_WIDTH = 1920;

/** The stream a tile shows: the lowest that fills it (anchors, stream chosen by tile size). */
export function chooseRole(choice: RoleChoice): 'main' | 'sub' {
  const { hasSub, layout, isFullWindow, tileWidth, mainWidth, subFailed } = choice;
  if (!hasSub || subFailed || isFullWindow || layout === '1' || tileWidth === null) return 'main';
  return tileWidth < (mainWidth ?? USUAL_MAIN_WIDTH) / 2 ? 'sub' : 'main';
}
