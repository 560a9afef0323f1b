import { VasError } from '../../base/errors';
import type { StoreReads } from '../../store/types';
import type { SecretVault } from '../secrets';
import type { StreamEndpoint } from '../streams';
import { keyStoreFailure } from './ports';

/** Setting that remembers that the user agreed to weak protection of passwords. */
export const ACCEPT_OBFUSCATION = 'secrets.accept_obfuscation';

/** Seals and opens camera passwords; plain ones never leave this module but for an endpoint. */
export class Credentials {
  readonly #vault: SecretVault;
  readonly #read: StoreReads;

  constructor(vault: SecretVault, read: StoreReads) {
    this.#vault = vault;
    this.#read = read;
  }

  /**
   * @throws VasError conflict with details {code: 'consent_required', backend} when the platform can only
   *   obfuscate and the user has not agreed; unavailable when nothing can be kept
   */
  async seal(password: string): Promise<Uint8Array> {
    const protection = this.#vault.protection();
    if (protection === 'none')
      throw new VasError(
        'unavailable',
        'This computer has no working key store, so the password cannot be kept. Unlock or install one, then try again.',
      );
    if (protection === 'obfuscation' && (await this.#read.getSetting(ACCEPT_OBFUSCATION)) !== '1')
      throw new VasError(
        'conflict',
        'This computer has no key store: the password could only be kept weakly protected.',
        {
          details: { code: 'consent_required', backend: this.#vault.backend() },
        },
      );
    return this.#vault.encrypt(password);
  }

  /** @throws VasError unavailable, of `keyStoreFailure` when the key store cannot open the stored password */
  async open(deviceId: string): Promise<string | null> {
    const sealed = await this.#read.getSealedPassword(deviceId);
    if (sealed === null) return null;
    try {
      return await this.#vault.decrypt(sealed);
    } catch (cause) {
      throw keyStoreFailure(cause);
    }
  }
}

/** Credentials of an endpoint: none without a user; a user without a password has an empty one. */
export function credentialsOf(
  username: string | null,
  password: string | null,
): StreamEndpoint['credentials'] {
  if (username === null || username === '') return null;
  return { username, password: password ?? '' };
}
