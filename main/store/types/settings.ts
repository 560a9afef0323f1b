/** Settings, and the library that keeps them. Times are microseconds since the Unix epoch, UTC. */

export interface SettingReads {
  /** Of the library that keeps the database. */
  sqliteVersion(): Promise<string>;
  getSetting(key: string): Promise<string | null>;
  listSettings(): Promise<Record<string, string>>;
}

export interface SettingWrites {
  setSetting(key: string, value: string, nowUs: number): Promise<void>;
  /** All of them or none. */
  setSettings(values: Readonly<Record<string, string>>, nowUs: number): Promise<void>;
}
