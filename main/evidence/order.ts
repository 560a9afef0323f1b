import { z } from 'zod';
import type { Span } from './plan';
import type { EvidenceFile } from './verifier/manifest';

/** What a package shall hold. Where the footage lies is looked up when it is made: retention may have been there. */
export interface PackageOrder {
  readonly id: string;
  readonly range: Span;
  readonly cameras: readonly {
    readonly id: string;
    readonly name: string;
    readonly slices: readonly Span[];
  }[];
  readonly rendition: 'original' | 'burnt-in';
  readonly reason: string;
  readonly operator: { readonly id: string; readonly name: string; readonly role: string };
  /** The package becomes one encrypted file. */
  readonly encrypted: boolean;
  /** Absolute. */
  readonly folder: string;
  /** Of the footage, bytes. */
  readonly bytes: number;
}

const span = z.object({ fromUs: z.number().int(), toUs: z.number().int() });
const hex = z.string().regex(/^[0-9a-f]{64}$/);

/** As it is kept over an end of the application; never with the passphrase. */
export const packageOrder = z.object({
  id: z.uuid(),
  range: span,
  cameras: z.array(z.object({ id: z.uuid(), name: z.string(), slices: z.array(span) })),
  rendition: z.enum(['original', 'burnt-in']),
  reason: z.string(),
  operator: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  encrypted: z.boolean(),
  folder: z.string(),
  bytes: z.number(),
}) satisfies z.ZodType<PackageOrder>;

/** A slice of a camera that is complete; without files there was no picture in it after all. */
export interface DoneSlice {
  readonly key: string;
  readonly files: readonly EvidenceFile[];
}

export const doneSlice = z.object({
  key: z.string(),
  files: z.array(
    z.object({
      ...{ path: z.string(), camera_id: z.uuid(), camera: z.string(), bytes: z.number().int() },
      ...{ sha256: hex, blocks: z.array(hex), start: z.string(), end: z.string(), video_codec: z.string() },
    }),
  ),
}) satisfies z.ZodType<DoneSlice>;

export const sliceKey = (cameraId: string, { fromUs }: Span): string => `${cameraId} ${String(fromUs)}`;
