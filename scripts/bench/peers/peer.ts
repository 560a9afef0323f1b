/** Another program that records the same cameras. */
export interface Peer {
  /** Part of the figures' ids. */
  readonly id: 'ffmpeg' | 'gstreamer' | 'motion' | 'zoneminder';
  /** What it does, in a few words. */
  readonly what: string;
  /** Why it cannot run here, with the command that helps; null: it can. */
  unavailable(): Promise<string | null>;
  /** Records into a folder until it is stopped. */
  start(urls: readonly string[], folder: string): Promise<RunningPeer>;
}

export interface RunningPeer {
  /** Of each process that was started; their descendants count, too. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}
