import { z } from 'zod';
import type { ChainHead, StoreReads } from '../../../store/types';

/** Action of the audit log under which the ends of the chains are noted. */
export const ANCHOR_ACTION = 'archive.anchor';

/** Where a camera's chain ended at some time. */
export interface ChainAnchor extends ChainHead {
  readonly timeUs: number;
}

const heads = z.object({
  heads: z.record(z.string(), z.tuple([z.number().int(), z.string().regex(/^[0-9a-f]{64}$/)])),
});

/** What an anchor says: place and chain value by camera. */
export async function headsNow(
  read: Pick<StoreReads, 'usedDeviceIds' | 'chainHead'>,
): Promise<Record<string, [number, string]>> {
  const found: Record<string, [number, string]> = {};
  for (const id of await read.usedDeviceIds()) {
    const head = await read.chainHead(id);
    if (head !== null) found[id] = [head.seq, head.chain];
  }
  return found;
}

/** The newest anchor, by camera; empty before the first. */
export async function newestAnchors(read: Pick<StoreReads, 'listAudit'>): Promise<Map<string, ChainAnchor>> {
  const [entry] = await read.listAudit({ actions: [ANCHOR_ACTION], limit: 1 });
  if (entry === undefined) return new Map();
  const known = heads.safeParse(JSON.parse(entry.detail));
  return new Map(
    Object.entries(known.data?.heads ?? {}).map(([id, [seq, chain]]) => [
      id,
      { seq, chain, timeUs: entry.timeUs },
    ]),
  );
}
