/** Beside the footage, for whoever gets the package. */
export const readmeText = (fingerprint: string): string => `Evidence package of VAS Workstation.

manifest.json says what it holds, by whom and why it was made, and the SHA-256 of every file and of every
megabyte of it. manifest.sig is its Ed25519 signature.

To check it, open verify.html in a browser and choose this folder; no network is needed. Or, with the
application's source: npm run verify -- FOLDER

Compare the fingerprint of the key with the one in Settings, About of the workstation:
${fingerprint}
`;

/** In the folder until the package is complete. */
export const incompleteText = (encrypted: boolean): string => `This package is not complete, and no evidence.

The workstation is still making it, or was interrupted. There, Export evidence shows it: resume or delete it.
${encrypted ? 'It was to be encrypted; what lies in this folder is not.\n' : ''}`;
