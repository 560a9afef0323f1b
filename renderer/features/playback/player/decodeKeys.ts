import type { KeyPack } from './keyPack';

/** A key frame that can be drawn. */
export interface KeyPicture {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly picture: ImageBitmap;
}

/** Decodes key frames for a canvas of a width; each is closed by whoever takes it. */
export async function decodeKeys(pack: KeyPack, width: number): Promise<KeyPicture[]> {
  const size = {
    resizeWidth: Math.max(16, Math.min(pack.width, Math.round(width))),
    resizeQuality: 'low',
  } as const;
  if (pack.kind === 'jpeg')
    return Promise.all(
      pack.frames.map(async ({ at, bytes }) => ({
        at,
        picture: await createImageBitmap(new Blob([bytes as BlobPart], { type: 'image/jpeg' }), size),
      })),
    );
  if (pack.codec === null || pack.frames.length === 0) return [];
  const made: Promise<KeyPicture>[] = [];
  const decoder = new VideoDecoder({
    output: (frame) => {
      const at = frame.timestamp / 1000;
      made.push(
        createImageBitmap(frame, size)
          .then((picture) => ({ at, picture }))
          .finally(() => frame.close()),
      );
    },
    error: () => undefined,
  });
  try {
    decoder.configure({
      codec: pack.codec,
      codedWidth: pack.width,
      codedHeight: pack.height,
      optimizeForLatency: true,
      ...(pack.description === null ? {} : { description: pack.description }),
    });
    for (const { at, bytes } of pack.frames)
      decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: Math.round(at * 1000), data: bytes }));
    await decoder.flush();
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  return Promise.all(made);
}
