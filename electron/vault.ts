import { safeStorage } from 'electron';
import { VasError } from '../main/base/errors';
import type { SecretVault } from '../main/kernel/secrets';

/** Passwords in the platform's key store (anchors F2). Usable once the application is ready. */
export function createSafeStorageVault(): SecretVault {
  const backend = () =>
    process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform;
  const weak = () => backend() === 'basic_text' || backend() === 'unknown';
  return {
    backend,
    protection() {
      if (weak()) return 'obfuscation';
      return safeStorage.isEncryptionAvailable() ? 'strong' : 'none';
    },
    encrypt(plain) {
      // Reached with weak protection only after the user has agreed (kernel/cameras asks first).
      if (weak()) safeStorage.setUsePlainTextEncryption(true);
      return Promise.resolve(safeStorage.encryptString(plain));
    },
    decrypt(sealed) {
      try {
        if (weak()) safeStorage.setUsePlainTextEncryption(true);
        return Promise.resolve(safeStorage.decryptString(Buffer.from(sealed)));
      } catch (cause) {
        return Promise.reject(
          new VasError(
            'unavailable',
            'The key store cannot open a stored camera password. Unlock it, or enter the password again.',
            { cause },
          ),
        );
      }
    },
  };
}
