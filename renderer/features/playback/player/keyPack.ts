import { z } from 'zod';

const head = z.object({
  kind: z.enum(['video', 'jpeg']),
  codec: z.string().nullable(),
  description: z.string().nullable(),
  width: z.number(),
  height: z.number(),
  frames: z.array(z.object({ at: z.number(), size: z.number() })),
});

export interface KeyPack extends Omit<z.infer<typeof head>, 'frames' | 'description'> {
  readonly description: Uint8Array | null;
  readonly frames: readonly { readonly at: number; readonly bytes: Uint8Array }[];
}

/** Takes apart what the media protocol answers for key frames. @throws Error when it is something else */
export function readKeyPack(buffer: ArrayBuffer): KeyPack {
  const length = new DataView(buffer).getUint32(0);
  const parsed = head.parse(JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))));
  let at = 4 + length;
  const frames = parsed.frames.map(({ at: moment, size }) => {
    const bytes = new Uint8Array(buffer, at, size);
    at += size;
    return { at: moment, bytes };
  });
  const { description } = parsed;
  return {
    ...parsed,
    frames,
    description:
      description === null ? null : Uint8Array.from(atob(description), (char) => char.charCodeAt(0)),
  };
}
