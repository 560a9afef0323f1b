import type { WindowsPort } from '../api/windowsPort';
import type { Logger } from '../base/logger';
import type { ContainerLauncher } from '../containers/launcher';
import type { DesktopControl } from '../desktop/control';
import type { SecretVault } from '../kernel/secrets';
import type { NativeDialogs } from '../settings/dialogs';

/** External programs, absolute paths or names found in PATH. */
export interface Programs {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly mediasoupWorker: string;
}

export interface ApplicationOptions {
  /** Exists; everything the application writes is below it. */
  readonly dataDir: string;
  readonly programs: Programs;
  /** Folder of the bundled worker scripts. */
  readonly workersDir: string;
  readonly vault: SecretVault;
  readonly dialogs: NativeDialogs;
  /** Written by the build: licences of what the application carries. */
  readonly licencesFile: string;
  /** Processes of the shell: the main one first, then windows, GPU and services. */
  readonly shellProcesses: () => readonly { readonly kind: string; readonly pid: number }[];
  /** The desktop that the shell runs on. */
  readonly desktop: DesktopControl;
  readonly windows: WindowsPort;
  readonly versions: { readonly app: string; readonly electron: string; readonly chrome: string };
  /** Shipped models, outside the archive, and how their containers are started. */
  readonly models: { readonly folder: string; readonly launcher: ContainerLauncher };
  /** False: the question of the first start, how people are known here, is answered with: without signing in. */
  readonly asksForUsers?: boolean;
  /** Somebody with access to the files asked for it: the first user is asked for a new password. */
  readonly resetAdministrator?: boolean;
  /** Address of the demo's camera, added or updated at start; null outside the demo. */
  readonly demoCamera: string | null;
  readonly log: Logger;
}
