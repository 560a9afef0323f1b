import type { KeyPicture } from './decodeKeys';
import { decodeKeys } from './decodeKeys';
import { readKeyPack } from './keyPack';

/** Pixels. */
const WIDTH = 176;

/**
 * A small picture of about a moment; null where there is none.
 * @param address of a session
 * @param at milliseconds since the epoch
 * @param isExact rather the key frame at that moment than the preview from before it
 */
export async function smallPicture(
  address: string,
  at: number,
  isExact: boolean,
): Promise<KeyPicture | null> {
  const us = String(Math.max(0, Math.round(at * 1000)));
  const places = [`${address}/preview/${us}`, `${address}/keys/${us}/${us}/0`];
  for (const place of isExact ? places.reverse() : places) {
    const reply = await fetch(place);
    if (!reply.ok) continue;
    const pictures = await decodeKeys(readKeyPack(await reply.arrayBuffer()), WIDTH);
    if (pictures.length === 0) continue;
    for (const { picture } of pictures.slice(1)) picture.close();
    return pictures[0] ?? null;
  }
  return null;
}
