import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAIN_GENESIS, chainValue } from '../../../store/segmentChain';
import type { ChainCut, SealedSegment } from '../../../store/types';
import { ChainFollower } from './followChain';

const CAMERA = '00000000-0000-4000-8000-000000000001';
const hashOf = (n: number): string => n.toString(16).padStart(64, '0');

function chainOf(length: number): SealedSegment[] {
  const rows: SealedSegment[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const sealed = { cameraId: CAMERA, startUs: seq * 10, endUs: seq * 10 + 10, sha256: hashOf(seq) };
    const chain = chainValue(rows.at(-1)?.chain ?? CHAIN_GENESIS, sealed);
    rows.push({ ...sealed, seq, chain, id: String(seq), folderId: 'f', path: `p${seq}`, bytes: 1 });
  }
  return rows;
}

/** Cuts for the places that are gone, each stretch one. */
function cutsOf(rows: readonly SealedSegment[], gone: ReadonlySet<number>): ChainCut[] {
  const cuts: ChainCut[] = [];
  for (const { seq, chain, startUs, endUs } of rows) {
    if (!gone.has(seq)) continue;
    const open = cuts.at(-1);
    if (open?.lastSeq === seq - 1) cuts.splice(-1, 1, { ...open, lastSeq: seq, chain, toUs: endUs });
    else cuts.push({ firstSeq: seq, lastSeq: seq, reason: 'retention', chain, fromUs: startUs, toUs: endUs });
  }
  return cuts;
}

function faultsOf(rows: readonly SealedSegment[], cuts: readonly ChainCut[], all: readonly SealedSegment[]) {
  const follower = new ChainFollower(cuts);
  for (let index = 0; index < rows.length; index += 3) follower.add(rows.slice(index, index + 3));
  const last = all.at(-1);
  follower.end(last ? { seq: last.seq, chain: last.chain } : null);
  return follower.faults;
}

const archive = fc
  .tuple(fc.integer({ min: 1, max: 25 }), fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 20 }))
  .map(([length, gone]) => {
    const all = chainOf(length);
    const noted = new Set(gone.filter((seq) => seq <= length));
    return { all, left: all.filter(({ seq }) => !noted.has(seq)), cuts: cutsOf(all, noted) };
  });

describe('a chain', () => {
  it('AR-8: holds whatever was given up with a note', () => {
    fc.assert(
      fc.property(archive, ({ all, left, cuts }) => {
        expect(faultsOf(left, cuts, all)).toEqual([]);
      }),
    );
  });

  it('AR-8: a row that somebody takes away is found, the last one too', () => {
    fc.assert(
      fc.property(archive, fc.nat(), ({ all, left, cuts }, which) => {
        fc.pre(left.length > 0);
        const stolen = left[which % left.length];
        const faults = faultsOf(
          left.filter((row) => row !== stolen),
          cuts,
          all,
        );
        expect(faults).toEqual([
          expect.objectContaining({
            kind: 'chain-hole',
            detail: expect.stringContaining(`place ${stolen?.seq}`),
          }),
        ]);
      }),
    );
  });

  it('AR-7: a row that was changed is found', () => {
    const changes: ((row: SealedSegment) => SealedSegment)[] = [
      (row) => ({ ...row, sha256: hashOf(999) }),
      (row) => ({ ...row, startUs: row.startUs + 1 }),
      (row) => ({ ...row, endUs: row.endUs - 1 }),
      (row) => ({ ...row, cameraId: 'another' }),
    ];
    fc.assert(
      fc.property(archive, fc.nat(), fc.constantFrom(...changes), ({ all, left, cuts }, which, change) => {
        fc.pre(left.length > 0);
        const index = which % left.length;
        const faults = faultsOf(
          left.map((row, at) => (at === index ? change(row) : row)),
          cuts,
          all,
        );
        expect(faults).toMatchObject([{ kind: 'chain-broken', path: left[index]?.path }]);
      }),
    );
  });

  it('AR-7: who replaces a row and its chain value breaks the next one, or the end', () => {
    const all = chainOf(5);
    for (const index of [0, 2, 4]) {
      const sealed = { ...(all[index] as SealedSegment), sha256: hashOf(77) };
      const forged = { ...sealed, chain: chainValue(all[index - 1]?.chain ?? CHAIN_GENESIS, sealed) };
      const rows = all.map((row, at) => (at === index ? forged : row));
      expect(faultsOf(rows, [], all)).toHaveLength(1);
    }
  });
});

describe('an end of the chain that the audit log knows', () => {
  const all = chainOf(9);
  const follow = (rows: readonly SealedSegment[], cuts: readonly ChainCut[], anchorAt: number) => {
    const anchored = all[anchorAt - 1];
    if (!anchored) throw new Error('no such place');
    const follower = new ChainFollower(cuts, { seq: anchorAt, chain: anchored.chain, timeUs: 1e15 });
    follower.add(rows);
    const last = rows.at(-1);
    // Whoever took rows away has written the end on record anew, too.
    follower.end(last ? { seq: last.seq, chain: last.chain } : null);
    return follower.faults;
  };

  it('AR-8: newest segments that were taken away with their rows and the end on record are found', () => {
    expect(follow(all, [], 9)).toEqual([]);
    expect(follow(all, [], 4)).toEqual([]);
    expect(follow(all.slice(0, 7), [], 9)).toMatchObject([
      {
        kind: 'chain-hole',
        detail:
          'the newest entries were taken away: by the audit log of 2001-09-09T01:46:40.000Z there were 9, and the chain ends with place 7',
      },
    ]);
    expect(follow([], [], 3)).toMatchObject([{ kind: 'chain-hole' }]);
    // Given up by retention, with a note.
    const gone = new Set([1, 2, 3]);
    expect(follow(all.slice(3), cutsOf(all, gone), 3)).toEqual([]);
  });

  it('AR-8: a chain that was written anew from some place on is found', () => {
    let chain = all[4]?.chain ?? '';
    const forged = all.slice(5).map((row) => {
      const sealed = { ...row, sha256: hashOf(100 + row.seq) };
      chain = chainValue(chain, sealed);
      return { ...sealed, chain };
    });
    expect(follow([...all.slice(0, 5), ...forged], [], 8)).toMatchObject([
      { kind: 'chain-hole', detail: expect.stringContaining('was written anew') as string },
    ]);
  });
});
