import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { RequestOf, ResponseOf } from '../../../contract';
import { callerNow } from '../../base/caller';
import { systemClock } from '../../base/clock';
import type { Clock } from '../../base/clock';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { Store } from '../../store/types';
import type { NativeDialogs } from '../dialogs';
import { Tokens } from '../tokens';
import type { BackupDocument, Secrets } from './format';
import { FORMAT, FORMAT_VERSION } from './format';
import { writeDocument } from './parse';
import type { RestorePlan } from './plan';
import { planRestore } from './plan';
import type { BackupFile } from './readBackup';
import { readBackup } from './readBackup';
import { seal, unseal } from './seal';
import type { RestoredCamera } from './restoredCameras';
import { restoredCameras } from './restoredCameras';
import { SECTIONS } from './sections';

/** Opens and seals camera passwords (kernel/cameras/credentials). */
export interface PasswordKeeper {
  open(deviceId: string): Promise<string | null>;
  /** @throws VasError conflict {code: 'consent_required'} */
  seal(password: string): Promise<Uint8Array>;
}

export interface BackupOptions {
  readonly store: Store;
  readonly passwords: PasswordKeeper;
  readonly dialogs: NativeDialogs;
  readonly dataDir: string;
  /** Bundled backup.worker. */
  readonly workerPath: string;
  readonly version: string;
  readonly clock?: Clock;
  readonly log: Logger;
  /** Users, cameras, layouts and settings are others in the store now: everybody looks again. */
  readonly onRestored: (cameras: readonly RestoredCamera[]) => Promise<void>;
}

const KIND = { name: 'Backup of VAS Workstation', extension: 'json' } as const;
/** Backups of what was before a restore that are kept. */
const KEPT = 10;

/** Writes the configuration into one file and brings it back. */
export class ConfigurationBackup {
  readonly #options: BackupOptions;
  readonly #clock: Clock;
  readonly #opened = new Tokens<BackupFile>();
  #restoring = false;

  constructor(options: BackupOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** @throws VasError unavailable when a password cannot be opened or the file cannot be written */
  async create({ passphrase }: RequestOf<'backup.create'>): Promise<ResponseOf<'backup.create'>> {
    const day = new Date(this.#clock.wallUs() / 1000).toISOString().slice(0, 10);
    const file = await this.#options.dialogs.saveFile({
      ...{ title: 'Save the configuration', suggestedName: `vas-workstation-${day}.json`, kind: KIND },
    });
    if (file === null) return { saved: null };
    const document = await this.#document();
    const plain: Secrets = passphrase === undefined ? { passwords: {} } : await this.#passwords();
    const whole = passphrase === undefined ? document : await seal(document, plain, passphrase);
    const text = writeDocument(whole);
    await writeWhole(file, text);
    const cameras = document.sections['cameras']?.length ?? 0;
    const passwords = Object.keys(plain.passwords).length;
    this.#options.log.info({ cameras, passwords }, 'the configuration was saved');
    return { saved: { path: file, bytes: Buffer.byteLength(text), cameras, passwords } };
  }

  /** @throws VasError invalid saying what is wrong with the file */
  async open(owner: string): Promise<ResponseOf<'backup.open'>> {
    const file = await this.#options.dialogs.openFile({ title: 'Restore a configuration', kind: KIND });
    if (file === null) return { opened: null };
    const backup = await readBackup(file, this.#options.workerPath);
    const { document } = backup;
    return {
      opened: {
        token: this.#opened.keep(owner, backup),
        path: file,
        created_at: document.created_at,
        application: document.application,
        has_passwords: document.secrets !== null,
      },
    };
  }

  /** @throws VasError invalid for a wrong passphrase, conflict when the user must agree to weak protection first */
  async preview(request: RequestOf<'backup.preview'>, owner: string): Promise<ResponseOf<'backup.preview'>> {
    const { plan, passwords } = await this.#plan(request, owner);
    return { sections: [...plan.changes], passwords };
  }

  /** All or nothing. @throws as `preview`, and what the store refuses */
  async restore(request: RequestOf<'backup.restore'>, owner: string): Promise<ResponseOf<'backup.restore'>> {
    if (this.#restoring) throw new VasError('conflict', 'A backup is being restored already. Wait for it.');
    this.#restoring = true;
    try {
      const { store, log, onRestored } = this.#options;
      const before = (await store.read.listDevices()).rows;
      const kept = await this.#keepPresent();
      const { plan, newPasswords } = await this.#plan(request, owner);
      await store.transact(plan.calls);
      this.#opened.drop(request.token);
      log.warn({ kept, changes: plan.changes.length }, 'a configuration was restored');
      await onRestored(restoredCameras(before, (await store.read.listDevices()).rows, newPasswords));
      return { sections: [...plan.changes], kept };
    } finally {
      this.#restoring = false;
    }
  }

  closeOwner(owner: string): void {
    this.#opened.closeOwner(owner);
  }

  async #plan(
    request: RequestOf<'backup.preview'>,
    owner: string,
  ): Promise<{ plan: RestorePlan; passwords: number; newPasswords: ReadonlySet<string> }> {
    const { store } = this.#options;
    const { document, sections } = this.#opened.peek(owner, request.token);
    const plain = await secretsOf(document, request.passphrase);
    const context = {
      ...{ store, nowUs: this.#clock.wallUs(), cameraIds: new Map<string, string>() },
      cameraNames: new Map<string, string>(),
      userId: await this.#userId(),
    };
    const none = new Map<string, Uint8Array>();
    // First without passwords: which camera here is which one in the file.
    await planRestore(sections, { ...context, sealedPasswords: none }, false);
    const sealedPasswords = await this.#changedPasswords(plain, context.cameraIds);
    const plan = await planRestore(sections, { ...context, sealedPasswords }, request.remove_missing);
    const newPasswords = new Set(
      [...sealedPasswords.keys()].map((inFile) => context.cameraIds.get(inFile) ?? ''),
    );
    return { plan, passwords: Object.keys(plain.passwords).length, newPasswords };
  }

  /** Those that are not the ones stored here, sealed for this computer, by the id in the file. */
  async #changedPasswords(
    { passwords }: Secrets,
    cameraIds: ReadonlyMap<string, string>,
  ): Promise<Map<string, Uint8Array>> {
    const sealed = new Map<string, Uint8Array>();
    for (const [inFile, password] of Object.entries(passwords)) {
      const here = cameraIds.get(inFile);
      if (here === undefined) continue;
      const present = await this.#options.passwords.open(here).catch(() => null);
      if (present !== password) sealed.set(inFile, await this.#options.passwords.seal(password));
    }
    return sealed;
  }

  /** Of whoever saves or restores; of the first user for what the application does by itself. */
  async #userId(): Promise<string> {
    return callerNow()?.id ?? (await this.#options.store.read.localUser()).id;
  }

  async #document(): Promise<BackupDocument> {
    const { store } = this.#options;
    const context = { store, nowUs: this.#clock.wallUs(), userId: await this.#userId() };
    const sections: Record<string, unknown[]> = {};
    for (const any of SECTIONS)
      sections[any.name] = await any.use(async (section) => [...(await section.read(context))]);
    return {
      ...{ format: FORMAT, version: FORMAT_VERSION, sections, secrets: null },
      created_at: new Date(this.#clock.wallUs() / 1000).toISOString(),
      application: this.#options.version,
    };
  }

  async #passwords(): Promise<Secrets> {
    const passwords: Record<string, string> = {};
    for (const { id, hasPassword } of (await this.#options.store.read.listDevices()).rows) {
      const password = hasPassword ? await this.#options.passwords.open(id) : null;
      if (password !== null) passwords[id] = password;
    }
    return { passwords };
  }

  /** Without passwords: nobody gave a passphrase for them. */
  async #keepPresent(): Promise<string> {
    const folder = path.join(this.#options.dataDir, 'configuration');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const stamp = new Date(this.#clock.wallUs() / 1000).toISOString().replaceAll(':', '-');
    const file = path.join(folder, `before-restore-${stamp}.json`);
    await writeWhole(file, writeDocument(await this.#document()));
    const old = (await readdir(folder)).filter((name) => name.startsWith('before-restore-')).sort();
    for (const name of old.slice(0, -KEPT)) await rm(path.join(folder, name), { force: true });
    return file;
  }
}

function secretsOf(document: BackupDocument, passphrase: string | undefined): Promise<Secrets> {
  const { secrets } = document;
  if (passphrase === undefined || secrets === null) return Promise.resolve({ passwords: {} });
  return unseal({ ...document, secrets }, passphrase);
}

/** The whole file or none of it, for this user only. @throws VasError unavailable */
async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new VasError('unavailable', `The backup cannot be written to ${file}: ${messageOf(cause)}`, {
      cause,
    });
  }
}
