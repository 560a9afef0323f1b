import type { Role } from '../../../data/StreamStore';

/** Pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

export interface RoleChoice {
  readonly hasSub: boolean;
  readonly isFullWindow: boolean;
  readonly isZoomed: boolean;
  /** Device pixels of the tile's picture area; null before it was measured. */
  readonly tile: PixelSize | null;
  /** Of the streams; null when not known yet. */
  readonly main: PixelSize | null;
  readonly sub: PixelSize | null;
  /** The sub-stream could not be had for this camera. */
  readonly subFailed: boolean;
  /** What the tile shows now; null before the first choice. */
  readonly shown: Role | null;
}

/** Assumed of a sub-stream whose size is not known yet. */
const USUAL_SUB: PixelSize = { width: 640, height: 360 };

/**
 * So many times larger than its pixels a sub-stream is shown before the main stream replaces it. Magnified
 * by less nobody sees a difference; the way back needs a tile that the sub-stream fills exactly, so that a
 * window that is being resized does not go back and forth.
 */
const MAGNIFIED = 1.15;

/** The stream a tile shows: the lowest that fills it (anchors A 4); the highest when it is looked at closely. */
export function chooseRole(choice: RoleChoice): Role {
  const { hasSub, isFullWindow, isZoomed, tile, main, subFailed, shown } = choice;
  if (!hasSub || subFailed || isFullWindow || isZoomed || tile === null) return 'main';
  const sub = choice.sub ?? USUAL_SUB;
  if (main !== null && main.width <= sub.width) return 'sub';
  const limit = sub.width * (shown === 'main' ? 1 : MAGNIFIED);
  return fitted(tile, sub) <= limit ? 'sub' : 'main';
}

/** Width of a picture that is shown as large as the tile allows without cutting anything off. */
function fitted(tile: PixelSize, picture: PixelSize): number {
  return Math.min(tile.width, (tile.height * picture.width) / picture.height);
}
