/** Keeps passwords. The shell implements it with the platform's key store (anchors F2). */
export interface SecretVault {
  /** `strong`: a real key store. `obfuscation`: only a fixed key, the user must agree. `none`: nothing can be kept. */
  protection(): 'strong' | 'obfuscation' | 'none';
  /** Name of the back end, for the user, e.g. gnome_libsecret or basic_text. */
  backend(): string;
  encrypt(plain: string): Promise<Uint8Array>;
  /** @throws VasError unavailable when the key store cannot open it */
  decrypt(sealed: Uint8Array): Promise<string>;
}
