import {
  CODE_COLUMNS,
  CODE_ROWS,
  decodePicture,
  type CodedPicture,
} from '../../scripts/cameras/codedPicture';

/** Reads the code of scripts/cameras/coded_clock.py out of a frame's luma; null where it is damaged. */
export function readCode(pixels: Uint8Array, width: number): CodedPicture | null {
  const side = Math.floor(width / CODE_COLUMNS);
  const centre = (index: number): number => index * side + (side >> 1);
  const squares = Array.from({ length: CODE_COLUMNS * CODE_ROWS }, (_, index) => {
    const row = Math.floor(index / CODE_COLUMNS);
    return pixels[centre(row) * width + centre(index % CODE_COLUMNS)] ?? 0;
  });
  return decodePicture(squares);
}
