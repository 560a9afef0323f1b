import type Database from 'better-sqlite3';
import { CHAIN_GENESIS, chainValue } from '../segmentChain';
import type { Sealed } from '../segmentChain';
import type { ChainCut, ChainHead, SealedSegment, SegmentLoss } from '../types';
import type { ReadPart } from './part';

const HEX = (column: string) => `lower(hex(${column}))`;

/** Extends and cuts the chains of the cameras. To be used inside the transaction of the change it vouches for. */
export interface Chains {
  /** Adds a segment to the end of its camera's chain. */
  seal(id: string, sealed: Sealed): void;
  /** Notes that a segment is taken away, before its row goes. */
  cut(id: string, reason: SegmentLoss): void;
}

interface CutRow {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly reason: SegmentLoss;
  readonly chain: Buffer;
  readonly fromUs: number;
  readonly toUs: number;
}

export function chainsOf(db: Database.Database): Chains {
  const head = db.prepare<[string], { seq: number; chain: string }>(
    `SELECT seq, ${HEX('chain')} AS chain FROM segment_chain_heads WHERE camera_id = ?`,
  );
  const setHead = db.prepare<{ cameraId: string; seq: number; chain: string }>(
    `INSERT INTO segment_chain_heads (camera_id, seq, chain) VALUES (@cameraId, @seq, unhex(@chain))
     ON CONFLICT (camera_id) DO UPDATE SET seq = excluded.seq, chain = excluded.chain`,
  );
  const setSeal = db.prepare<{ id: string; sha256: string; seq: number; chain: string }>(
    'UPDATE segments SET sha256 = unhex(@sha256), chain_seq = @seq, chain = unhex(@chain) WHERE id = @id',
  );
  const sealOf = db.prepare<
    [string],
    { cameraId: string; seq: number; chain: Buffer; startUs: number; endUs: number }
  >(
    `SELECT camera_id AS cameraId, chain_seq AS seq, chain, start_us AS startUs, end_us AS endUs
     FROM segments WHERE id = ? AND chain_seq IS NOT NULL`,
  );
  const CUT = `SELECT first_seq AS firstSeq, last_seq AS lastSeq, reason, chain, from_us AS fromUs, to_us AS toUs
    FROM segment_chain_cuts WHERE camera_id = ? AND first_seq`;
  const before = db.prepare<[string, number], CutRow>(`${CUT} < ? ORDER BY first_seq DESC LIMIT 1`);
  const after = db.prepare<[string, number], CutRow>(`${CUT} = ?`);
  const drop = db.prepare<[string, number]>(
    'DELETE FROM segment_chain_cuts WHERE camera_id = ? AND first_seq = ?',
  );
  const add = db.prepare<CutRow & { cameraId: string }>(
    `INSERT INTO segment_chain_cuts (camera_id, first_seq, last_seq, reason, chain, from_us, to_us)
     VALUES (@cameraId, @firstSeq, @lastSeq, @reason, @chain, @fromUs, @toUs)`,
  );

  return {
    seal(id, sealed) {
      const last = head.get(sealed.cameraId);
      const seq = (last?.seq ?? 0) + 1;
      const chain = chainValue(last?.chain ?? CHAIN_GENESIS, sealed);
      setSeal.run({ id, sha256: sealed.sha256, seq, chain });
      setHead.run({ cameraId: sealed.cameraId, seq, chain });
    },
    cut(id, reason) {
      const seal = sealOf.get(id);
      if (!seal) return;
      const { cameraId, seq } = seal;
      let cut: CutRow = {
        ...{ firstSeq: seq, lastSeq: seq, reason, chain: seal.chain },
        ...{ fromUs: seal.startUs, toUs: seal.endUs },
      };
      const neighbours = [before.get(cameraId, seq), after.get(cameraId, seq + 1)];
      for (const other of neighbours) {
        if (other?.reason !== reason) continue;
        if (other.lastSeq !== seq - 1 && other.firstSeq !== seq + 1) continue;
        drop.run(cameraId, other.firstSeq);
        cut = {
          reason,
          firstSeq: Math.min(cut.firstSeq, other.firstSeq),
          lastSeq: Math.max(cut.lastSeq, other.lastSeq),
          chain: other.lastSeq > cut.lastSeq ? other.chain : cut.chain,
          fromUs: Math.min(cut.fromUs, other.fromUs),
          toUs: Math.max(cut.toUs, other.toUs),
        };
      }
      add.run({ ...cut, cameraId });
    },
  };
}

export function sealReads(db: Database.Database): ReadPart<'chainHead' | 'chainCuts' | 'sealedSegments'> {
  const head = db.prepare<[string], ChainHead>(
    `SELECT seq, ${HEX('chain')} AS chain FROM segment_chain_heads WHERE camera_id = ?`,
  );
  const cuts = db.prepare<[string], ChainCut>(
    `SELECT first_seq AS firstSeq, last_seq AS lastSeq, reason, ${HEX('chain')} AS chain,
       from_us AS fromUs, to_us AS toUs
     FROM segment_chain_cuts WHERE camera_id = ? ORDER BY first_seq`,
  );
  const sealed = db.prepare<[string, number, number], SealedSegment>(
    `SELECT id, folder_id AS folderId, path, bytes, camera_id AS cameraId, start_us AS startUs, end_us AS endUs,
       ${HEX('sha256')} AS sha256, chain_seq AS seq, ${HEX('chain')} AS chain
     FROM segments WHERE camera_id = ? AND chain_seq > ? ORDER BY chain_seq LIMIT ?`,
  );
  return {
    chainHead: (cameraId) => head.get(cameraId) ?? null,
    chainCuts: (cameraId) => cuts.all(cameraId),
    sealedSegments: (cameraId, afterSeq, limit) => sealed.all(cameraId, afterSeq, limit),
  };
}
