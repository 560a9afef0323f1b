/** Models and their assignments to cameras. Times are microseconds since the Unix epoch, UTC. */

/** A model that was found at some start, whether its container runs or not. */
export interface ModelRow {
  readonly modelId: string;
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  /** JSON list of texts. */
  readonly supportedTasks: string;
  /** JSON Schema of an assignment's parameters; null when it takes none. */
  readonly configSchema: string | null;
  readonly enabled: boolean;
  readonly createdUs: number;
  readonly updatedUs: number;
}

export type FoundModel = Omit<ModelRow, 'enabled' | 'createdUs' | 'updatedUs'> & { readonly nowUs: number };

export interface AssignmentRow {
  readonly id: string;
  readonly cameraId: string;
  readonly modelId: string;
  readonly enabled: boolean;
  readonly desiredFps: number | null;
  readonly priority: number | null;
  /** JSON object; null: none. */
  readonly parameters: string | null;
  /** JSON object. */
  readonly rules: string;
  readonly createdUs: number;
  readonly updatedUs: number;
}

export type NewAssignment = Omit<AssignmentRow, 'createdUs' | 'updatedUs'> & { readonly nowUs: number };

/** Only the fields present are changed. */
export type AssignmentPatch = Partial<
  Pick<AssignmentRow, 'enabled' | 'desiredFps' | 'priority' | 'parameters' | 'rules'>
> & { readonly nowUs: number };

export interface ModelReads {
  /** The newest first. */
  listModels(): Promise<ModelRow[]>;
  getModel(modelId: string): Promise<ModelRow | null>;
  /** The newest first; never those of deleted cameras. */
  listAssignments(options: {
    cameraId?: string;
    modelId?: string;
    enabled?: boolean;
    offset: number;
    limit: number;
  }): Promise<{ rows: AssignmentRow[]; total: number }>;
  getAssignment(id: string): Promise<AssignmentRow | null>;
  /** All that shall run: enabled, of a camera that exists and a model that is enabled. */
  wantedAssignments(): Promise<AssignmentRow[]>;
}

export interface ModelWrites {
  /** Adds a model or renews what is known of it; whether it is enabled stays as the operator left it. */
  putModel(model: FoundModel): Promise<void>;
  /** @throws VasError not_found */
  setModelEnabled(modelId: string, enabled: boolean, nowUs: number): Promise<ModelRow>;
  /** @throws VasError bad_request for an unknown camera, conflict when the pair exists */
  createAssignment(row: NewAssignment): Promise<AssignmentRow>;
  /** @throws VasError not_found */
  updateAssignment(id: string, patch: AssignmentPatch): Promise<AssignmentRow>;
  /** @throws VasError not_found */
  deleteAssignment(id: string): Promise<void>;
}
