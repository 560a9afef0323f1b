import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { Clock } from '../base/clock';
import { messageOf, VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import type { SecretVault } from '../kernel/secrets';
import type { EvidenceKeyRow, Store } from '../store/types';

/** Bytes of an Ed25519 public key in DER before the key itself (RFC 8410). */
const SPKI_HEAD = 12;

/** The workstation's Ed25519 key: the private half is sealed by the system's key store, as camera passwords are. */
export class SigningKey {
  readonly #store: Store;
  readonly #vault: SecretVault;
  readonly #clock: Clock;
  #making: Promise<EvidenceKeyRow> | null = null;

  constructor(store: Store, vault: SecretVault, clock: Clock) {
    this.#store = store;
    this.#vault = vault;
    this.#clock = clock;
  }

  /** Made the first time. @throws VasError unavailable where the computer has no key store at all */
  async row(): Promise<EvidenceKeyRow> {
    const known = await this.#store.read.evidenceKey();
    if (known !== null) return known;
    this.#making ??= this.#make().finally(() => (this.#making = null));
    return this.#making;
  }

  /**
   * At the first start with passwords in the key store, so that the key is older than whatever it signs. Without a key
   * store it is made when it is first needed: it may get one by then.
   */
  async makeBeforehand(log: Pick<Logger, 'warn'>): Promise<void> {
    if (this.#vault.protection() !== 'strong') return;
    await this.row().catch((error: unknown) =>
      log.warn({ reason: messageOf(error) }, 'the key that signs evidence will be made when it is needed'),
    );
  }

  /** SHA-256 of the public key, hex. */
  static fingerprint({ publicKey }: Pick<EvidenceKeyRow, 'publicKey'>): string {
    return createHash('sha256').update(publicKey).digest('hex');
  }

  /** @throws VasError unavailable when the key store does not open the key */
  async sign(row: EvidenceKeyRow, message: Uint8Array): Promise<Uint8Array> {
    const der = Buffer.from(await this.#vault.decrypt(row.sealedKey), 'base64');
    try {
      return sign(null, message, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
    } finally {
      der.fill(0);
    }
  }

  async #make(): Promise<EvidenceKeyRow> {
    const protection = this.#vault.protection();
    if (protection === 'none')
      throw new VasError(
        'unavailable',
        'This computer has no working key store, so the key that signs evidence cannot be kept. Unlock or install one, then try again.',
      );
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const der = privateKey.export({ format: 'der', type: 'pkcs8' });
    const row: EvidenceKeyRow = {
      publicKey: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD)),
      sealedKey: Uint8Array.from(await this.#vault.encrypt(der.toString('base64'))),
      protection,
      createdUs: this.#clock.wallUs(),
    };
    der.fill(0);
    await this.#store.write.addEvidenceKey(row);
    return row;
  }
}
