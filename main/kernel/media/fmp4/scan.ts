import { VasError } from '../../../base/errors';
import type { BoxHeader } from './boxes';
import { readBoxHeader } from './boxes';
import type { ByteSource } from './bytes';
import type { Fragment } from './fragment';
import { parseMoof } from './fragment';
import type { InitSegment } from './init';
import { parseMoov } from './init';

export interface Scan {
  /** Null when the file has no readable `moov`: then nothing of it can be used. */
  readonly init: InitSegment | null;
  /** Where `ftyp` and `moov` end, bytes. */
  readonly initEnd: number;
  /** Whole fragments, in file order. */
  readonly fragments: readonly Fragment[];
  /** Up to here the file consists of whole boxes and whole fragments, bytes. */
  readonly wholeEnd: number;
  /** Why what follows `wholeEnd` cannot be used; null when nothing follows. */
  readonly tail: string | null;
}

/** A header box larger than this is not FFmpeg's, bytes. */
const MAX_HEADER_BOX = 16 * 1024 * 1024;

/**
 * Walks over the boxes of a fragmented MP4 file and reads its headers, never its pictures. What comes
 * after the last whole fragment, because a writer is at work or was killed, is left out. Garbage gives
 * an empty scan, never an endless loop: each step moves on by at least eight bytes.
 * @param from continue here: the `wholeEnd` of an earlier scan of the same file
 */
export function scanFragments(source: ByteSource, from = 0): Scan {
  const head = scanInit(source);
  if (!head.init) return head;
  const fragments: Fragment[] = [];
  let at = Math.max(from, head.initEnd);
  let wholeEnd = at;
  let moof: { at: number; header: BoxHeader } | null = null;
  let tail: string | null = null;
  while (at < source.size) {
    const header = headerAt(source, at);
    if (!header || header.size === 0 || at + header.size > source.size) {
      tail = header ? `an unfinished ${header.type} box` : 'no box header';
      break;
    }
    const end = at + header.size;
    try {
      if (header.type === 'moov' || header.type === 'ftyp')
        throw new VasError('invalid', `a second ${header.type} box`);
      if (header.type === 'moof') {
        if (moof) throw new VasError('invalid', 'a moof box without its mdat box');
        moof = { at, header };
      } else if (moof && header.type === 'mdat') {
        fragments.push(readFragment(source, moof.at, moof.header, end, head.init));
        moof = null;
      }
    } catch (error) {
      if (!(error instanceof VasError)) throw error;
      tail = error.message;
      moof = null;
      break;
    }
    at = end;
    if (!moof) wholeEnd = end;
  }
  if (moof) tail ??= 'a moof box without its mdat box';
  return { init: head.init, initEnd: head.initEnd, fragments, wholeEnd, tail };
}

function scanInit(source: ByteSource): Scan {
  const nothing = (tail: string): Scan => ({ init: null, initEnd: 0, fragments: [], wholeEnd: 0, tail });
  let at = 0;
  while (at < source.size) {
    const header = headerAt(source, at);
    if (!header || header.size === 0 || at + header.size > source.size)
      return nothing('no moov box: the writer was stopped before it wrote anything, or this is not MP4');
    if (header.type === 'moof' || header.type === 'mdat') return nothing(`${header.type} before moov`);
    if (header.type === 'moov') {
      if (header.size > MAX_HEADER_BOX) return nothing('the moov box is too large');
      try {
        const buffer = source.read(at, header.size);
        const box = { type: 'moov', start: 0, body: header.header, end: header.size };
        const end = at + header.size;
        return { init: parseMoov(buffer, box), initEnd: end, fragments: [], wholeEnd: end, tail: null };
      } catch (error) {
        if (error instanceof VasError) return nothing(error.message);
        throw error;
      }
    }
    at += header.size;
  }
  return nothing('the file is empty or has no moov box');
}

function headerAt(source: ByteSource, at: number): BoxHeader | null {
  return readBoxHeader(source.read(at, Math.min(16, source.size - at)));
}

function readFragment(
  source: ByteSource,
  at: number,
  header: BoxHeader,
  end: number,
  init: InitSegment,
): Fragment {
  if (header.size > MAX_HEADER_BOX) throw new VasError('invalid', 'the moof box is too large');
  const buffer = source.read(at, header.size);
  const box = { type: 'moof', start: 0, body: header.header, end: header.size };
  const samples = parseMoof(buffer, box, at, init);
  for (const sample of samples)
    if (sample.offset < at + header.size || sample.offset + sample.size > end)
      throw new VasError('invalid', 'a sample lies outside its mdat box');
  return { start: at, end, samples };
}
