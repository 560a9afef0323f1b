import { randomBytes, timingSafeEqual } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import type { PasswordJob, PasswordVerdict } from './passwords';

/**
 * Cost of a new hash: RFC 9106, second recommended option (64 MiB, 3 passes), with one lane, since WebAssembly
 * runs the lanes one after the other. About 0.3 s on a slow core.
 */
export const COST = { memoryKiB: 65_536, passes: 3, lanes: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

type Cost = { readonly [N in keyof typeof COST]: number };

interface Encoded {
  readonly cost: Cost;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const ENCODED =
  /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,128})\$([A-Za-z0-9+/]{22,172})$/;

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** The same characters typed on another keyboard are the same password. */
const derive = (password: string, salt: Uint8Array, cost: Cost, bytes: number): Promise<Uint8Array> =>
  argon2id({
    ...{ password: password.normalize('NFKC'), salt, hashLength: bytes, outputType: 'binary' },
    ...{ memorySize: cost.memoryKiB, iterations: cost.passes, parallelism: cost.lanes },
  });

/** @returns the usual encoding, `$argon2id$v=19$m=...,t=...,p=...$salt$hash` */
export async function hashPassword(password: string, cost: Cost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, cost, HASH_BYTES);
  const { memoryKiB, passes, lanes } = cost;
  const parameters = `m=${String(memoryKiB)},t=${String(passes)},p=${String(lanes)}`;
  return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(hash)}`;
}

function decode(encoded: string): Encoded | null {
  const [, memory, passes, lanes, salt, hash] = ENCODED.exec(encoded) ?? [];
  if (salt === undefined || hash === undefined) return null;
  return {
    cost: { memoryKiB: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

/**
 * Takes the same time whether there is such a user or not, and whatever the first wrong byte is.
 * @param encoded null: there is no such user, or nobody can sign in as them
 */
export async function verifyPassword(
  password: string,
  encoded: string | null,
  mayUpgrade = true,
): Promise<PasswordVerdict> {
  const known = encoded === null ? null : decode(encoded);
  const against = known ?? { cost: COST, salt: Buffer.alloc(SALT_BYTES), hash: Buffer.alloc(HASH_BYTES) };
  const given = await derive(password, against.salt, against.cost, against.hash.length);
  const isEqual = timingSafeEqual(given, against.hash);
  if (known === null || !isEqual) return { isRight: false, upgraded: null };
  const isCurrent = (['memoryKiB', 'passes', 'lanes'] as const).every((key) => known.cost[key] === COST[key]);
  return { isRight: true, upgraded: isCurrent || !mayUpgrade ? null : await hashPassword(password) };
}

export async function runJob(job: PasswordJob): Promise<string | PasswordVerdict> {
  return job.kind === 'hash' ? hashPassword(job.password) : verifyPassword(job.password, job.encoded);
}
