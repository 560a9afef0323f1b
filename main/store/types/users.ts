/** Users, and the key that signs what they export. Times are microseconds since the Unix epoch, UTC. */

/** The key that signs evidence packages. */
export interface EvidenceKeyRow {
  /** Ed25519, raw, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** PKCS #8, sealed by the vault. */
  readonly sealedKey: Uint8Array;
  readonly protection: 'strong' | 'obfuscation';
  readonly createdUs: number;
}

export type UserRole = 'administrator' | 'operator' | 'viewer';

/** What a user may do with one camera. */
export interface CameraAccessRow {
  /** Of the camera. */
  readonly id: string;
  readonly live: boolean;
  readonly playback: boolean;
  readonly export: boolean;
}

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly role: UserRole;
  /** all: every camera, as the role allows; chosen: those of `cameras`. */
  readonly access: 'all' | 'chosen';
  readonly cameras: readonly CameraAccessRow[];
  readonly isDisabled: boolean;
  /** Without one nobody can sign in as this user. */
  readonly hasPassword: boolean;
  /** Wrong passwords since the last right one, and when the last of them was given. */
  readonly failedCount: number;
  readonly failedUs: number | null;
  readonly signedInUs: number | null;
  readonly createdUs: number;
  readonly deletedUs: number | null;
}

export interface NewUser {
  readonly id: string;
  readonly name: string;
  readonly role: UserRole;
  /** Argon2id in its usual encoding. */
  readonly password: string | null;
  readonly access: 'all' | 'chosen';
  readonly cameras: readonly CameraAccessRow[];
  readonly nowUs: number;
}

/** Only the fields present are changed. */
export interface UserPatch {
  readonly name?: string;
  readonly role?: UserRole;
  readonly access?: 'all' | 'chosen';
  readonly cameras?: readonly CameraAccessRow[];
  readonly isDisabled?: boolean;
}

export interface UserReads {
  /** The first user there ever was: the local operator. */
  localUser(): Promise<UserRow>;
  /** Those that are not deleted, by name. */
  listUsers(): Promise<UserRow[]>;
  /** Deleted ones, too. */
  getUser(id: string): Promise<UserRow | null>;
  /** By name, whatever its case; not deleted ones. */
  findUser(name: string): Promise<UserRow | null>;
  /** Argon2id; only the password keeper asks for it. */
  getPasswordHash(userId: string): Promise<string | null>;
  /** The newest; null before the first. */
  evidenceKey(): Promise<EvidenceKeyRow | null>;
}

export interface UserWrites {
  /** @throws VasError conflict when there is a user of this name */
  createUser(user: NewUser): Promise<void>;
  /** @throws VasError not_found, conflict (name taken, or no administrator would be left) */
  updateUser(id: string, patch: UserPatch): Promise<void>;
  /** `hash`: Argon2id. @throws VasError not_found */
  setPassword(id: string, hash: string): Promise<void>;
  noteSignIn(id: string, nowUs: number): Promise<void>;
  noteFailedSignIn(id: string, nowUs: number): Promise<void>;
  /** Tombstone. @throws VasError not_found, conflict when no administrator would be left */
  deleteUser(id: string, nowUs: number): Promise<void>;
  /** The first user is an administrator again who has no password, and the question of the first start is open. */
  resetAdministrator(): Promise<void>;
  /** It signs from now on. */
  addEvidenceKey(row: EvidenceKeyRow): Promise<void>;
}
