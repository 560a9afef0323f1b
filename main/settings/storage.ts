import type { RequestOf, ResponseOf } from '../../contract';
import { isoFromUs } from '../kernel/media/instants';
import type { Recording } from '../kernel/recording/recording';
import type { FolderReport, RecordingFolders } from '../kernel/recording/folders/recordingFolders';
import type { NativeDialogs } from './dialogs';
import { retentionOf } from './retention';
import { Tokens } from './tokens';

type Folder = ResponseOf<'storage.list'>['folders'][number];

/** Storage in the words of the contract. */
export class StorageSettings {
  readonly #recording: Recording;
  readonly #folders: RecordingFolders;
  readonly #dialogs: NativeDialogs;
  readonly #chosen = new Tokens<string>();

  constructor(recording: Recording, dialogs: NativeDialogs) {
    this.#recording = recording;
    this.#folders = recording.folders;
    this.#dialogs = dialogs;
  }

  async list(): Promise<ResponseOf<'storage.list'>> {
    const refused = this.#recording.refusedSweep();
    return {
      folders: (await this.#folders.list()).map(toFolder),
      refused_deletion: refused && {
        ...{ segments: refused.segments, bytes: refused.bytes, recorded_bytes: refused.recordedBytes },
      },
    };
  }

  /** @throws VasError invalid saying why the chosen folder cannot be used */
  async choose(owner: string): Promise<ResponseOf<'storage.choose'>> {
    const path = await this.#dialogs.chooseFolder({
      title: 'Folder for recordings',
      button: 'Choose folder',
    });
    if (path === null) return { chosen: null };
    const found = await this.#folders.examine(path);
    return {
      chosen: {
        token: this.#chosen.keep(owner, path),
        path: found.path,
        free_bytes: found.freeBytes,
        total_bytes: found.totalBytes,
        same_disk: found.sameDisk,
        known: found.known !== null,
      },
    };
  }

  async use(request: RequestOf<'storage.use'>, owner: string): Promise<ResponseOf<'storage.list'>> {
    if ('token' in request) {
      await this.#folders.use({ path: this.#chosen.peek(owner, request.token) });
      this.#chosen.drop(request.token);
    } else await this.#folders.use({ id: request.folder_id });
    return this.list();
  }

  async forget(folderId: string): Promise<ResponseOf<'storage.list'>> {
    await this.#folders.forget(folderId);
    return this.list();
  }

  giveUp(folderId: string): Promise<ResponseOf<'storage.give-up'>> {
    return this.#folders.giveUp(folderId);
  }

  /** Somebody confirmed what the rules ask for. */
  async allowDeletion(): Promise<ResponseOf<'storage.allow-deletion'>> {
    const { removed, bytes } = await this.#recording.sweepConfirmed();
    return { segments: removed.days + removed.bytes + removed.floor, bytes };
  }

  async preview(
    rules: RequestOf<'storage.preview-retention'>,
  ): Promise<ResponseOf<'storage.preview-retention'>> {
    const found = await this.#folders.previewRetention(retentionOf(rules));
    return {
      ...{ segments: found.segments, bytes: found.bytes, recorded_bytes: found.recordedBytes },
      ...{ from: isoOrNull(found.fromUs), to: isoOrNull(found.toUs) },
    };
  }

  closeOwner(owner: string): void {
    this.#chosen.closeOwner(owner);
  }
}

function toFolder(report: FolderReport): Folder {
  const { space } = report;
  return {
    ...{ id: report.id, path: report.path, state: report.state },
    ...{ is_default: report.isDefault, is_current: report.isCurrent, is_written: report.isWritten },
    space: space && { free_bytes: space.free, total_bytes: space.total, floor_bytes: space.floor },
    ...{ segments: report.segments, recorded_bytes: report.bytes },
    ...{ oldest: isoOrNull(report.oldestUs), newest: isoOrNull(report.newestUs) },
  };
}

const isoOrNull = (us: number | null): string | null => (us === null ? null : isoFromUs(us));
