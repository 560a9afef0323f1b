/** Alerts, and what was measured. Times are microseconds since the Unix epoch, UTC. */

/** A state that must not be missed, and what became of it. */
export interface AlertRow {
  readonly id: string;
  readonly kind: string;
  readonly deviceId: string | null;
  readonly deviceName: string | null;
  /** Tells several of a kind apart. */
  readonly subject: string | null;
  /** JSON object. */
  readonly detail: string;
  readonly raisedUs: number;
  /** Null while it lasts. */
  readonly clearedUs: number | null;
  readonly acknowledgedUs: number | null;
  /** User id, and the user's name. */
  readonly acknowledgedBy: string | null;
  readonly acknowledgedByName: string | null;
}

/** What was measured in one minute. */
export interface HealthMinute {
  /** Begin of the minute, seconds since the epoch. */
  readonly atS: number;
  readonly names: readonly string[];
  /** One for each name; not-a-number where nothing was measured. */
  readonly values: Float32Array;
}

/** Which alerts are wanted, newest first; what is absent does not matter. */
export interface AlertFilter {
  readonly kinds?: readonly string[];
  readonly deviceId?: string;
  /** Raised in [fromUs, toUs). */
  readonly fromUs?: number;
  readonly toUs?: number;
  readonly unacknowledged?: boolean;
  /** Only what comes after this one in the list. */
  readonly before?: { readonly raisedUs: number; readonly id: string };
  readonly limit: number;
}

export interface HealthReads {
  /** Alerts that last or that nobody has acknowledged, newest first. */
  pendingAlerts(limit: number): Promise<AlertRow[]>;
  listAlerts(filter: AlertFilter): Promise<AlertRow[]>;
  /** Minutes that began in [fromS, toS), oldest first; seconds since the epoch. */
  healthMinutes(fromS: number, toS: number): Promise<HealthMinute[]>;
}

export interface HealthWrites {
  /** Adds an alert, or brings a known one up to date: detail, end and acknowledgement. */
  saveAlert(row: Omit<AlertRow, 'deviceName' | 'acknowledgedByName'>): Promise<void>;
  /** Those that nobody has acknowledged yet. @returns how many they were */
  acknowledgeAlerts(ids: readonly string[], userId: string, nowUs: number): Promise<number>;
  /** Alerts raised before this that are over. @returns how many went */
  deleteAlertsBefore(us: number): Promise<number>;
  /** Keeps a minute and lets go of those that began before `keepFromS`, seconds since the epoch. */
  saveHealthMinute(minute: HealthMinute, keepFromS: number): Promise<void>;
}
