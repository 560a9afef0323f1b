/** What an evidence package says of itself. Its bytes are what is signed. Read by the verifier, which stands alone. */
export interface EvidenceFile {
  /** Relative to the package, forward slashes. */
  readonly path: string;
  readonly camera_id: string;
  readonly camera: string;
  readonly bytes: number;
  /** Lower-case hex SHA-256 of the whole file. */
  readonly sha256: string;
  /** Of each block of `block_bytes`, in order, so that the first difference can be named. */
  readonly blocks: readonly string[];
  /** What it really holds, ISO 8601 UTC. */
  readonly start: string;
  readonly end: string;
  readonly video_codec: string;
}

export interface EvidenceManifest {
  readonly format: 'vas-evidence';
  readonly version: 1;
  readonly id: string;
  readonly created: string;
  readonly application: string;
  readonly operator: { readonly name: string; readonly role: string };
  readonly reason: string;
  readonly range: { readonly start: string; readonly end: string };
  /** original: as the camera sent it. burnt-in: encoded anew with the time in the picture. */
  readonly rendition: 'original' | 'burnt-in';
  readonly cameras: readonly {
    readonly id: string;
    readonly name: string;
    /** Times within the range that are not in the package, and why. */
    readonly gaps: readonly { readonly start: string; readonly end: string; readonly reason: string }[];
  }[];
  readonly clock: {
    readonly now: string;
    readonly utc_offset_minutes: number;
    readonly synchronised: boolean | null;
  };
  /** Last entry of the audit log when it was made: whoever writes that log anew afterwards is found out. */
  readonly audit_log: { readonly entry: number; readonly hash: string };
  readonly key: { readonly algorithm: 'Ed25519'; readonly public_key: string; readonly protection: string };
  readonly block_bytes: number;
  readonly files: readonly EvidenceFile[];
}

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
/** In the folder until the package is complete. */
export const INCOMPLETE = 'INCOMPLETE.txt';
/** Besides those that the manifest names. The page is the reader's tool and no evidence. */
export const TOOLS: readonly string[] = [MANIFEST, SIGNATURE, 'verify.html', 'README.txt'];

/** The signature beside the manifest. */
export interface EvidenceSignature {
  readonly algorithm: 'Ed25519';
  /** Hex, 32 bytes. */
  readonly public_key: string;
  /** Hex, 64 bytes, over the bytes of manifest.json. */
  readonly signature: string;
}

/** Blocks of which each has a hash of its own, so that a difference is found to the megabyte. */
export const BLOCK_BYTES = 1024 * 1024;
