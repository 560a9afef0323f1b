import { z } from 'zod';

/** The one shape in which a call fails: the reference's envelope (reference 7.0) with honest codes. */
export const errorEnvelope = z.object({
  error: z.object({
    /** 400, 403, 404, 409, 422, 500 or 503. */
    status: z.number().int(),
    /** For people: what is wrong and what to do. Never credentials. */
    message: z.string(),
    /** The channel that failed. */
    path: z.string(),
    details: z.unknown().optional(),
  }),
});
export type ErrorEnvelope = z.infer<typeof errorEnvelope>;

/** What every call over IPC resolves with. */
export type Reply<T> = { readonly ok: true; readonly data: T } | ({ readonly ok: false } & ErrorEnvelope);
