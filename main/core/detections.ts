/** One detected object. Coordinates are shares of the frame, 0 to 1, origin top left (seed 003). */
export interface Detection {
  readonly class_id: number;
  readonly class_name: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** x_min, y_min, x_max, y_max. */
  readonly bbox: readonly [number, number, number, number];
  readonly track_id: number | null;
  /** Skeleton of pose models: x, y, confidence for each keypoint. */
  readonly keypoints?: readonly (readonly [number, number, number])[];
}

/** What a model container is asked (reference 4.1). */
export interface InferenceRequest {
  readonly frame_reference: string;
  readonly frame_metadata: {
    readonly frame_id: number;
    readonly width: number;
    readonly height: number;
    readonly format: 'NV12';
    /** Seconds since the Unix epoch. */
    readonly timestamp: number;
    /** Microseconds. */
    readonly pts: number;
  };
  readonly camera_id: string;
  readonly model_id: string;
  /** Seconds since the Unix epoch, for correlation only. */
  readonly timestamp: number;
  readonly config: Readonly<Record<string, unknown>> | null;
}

export interface InferenceAnswer {
  readonly ok: true;
  readonly detections: readonly Detection[];
  /** Milliseconds the model itself took; null when the container did not tell. */
  readonly inferenceMs: number | null;
  readonly modelVersion: string | null;
}

/** Why there is no answer. Nothing of it is retried (INV-48). */
export type InferenceFailure = 'timeout' | 'unavailable' | 'busy' | 'frame' | 'error';

export interface InferenceRefusal {
  readonly ok: false;
  readonly failure: InferenceFailure;
  readonly message: string;
}

/** The containers as the core sees them. */
export interface InferenceClient {
  /** Never rejects. @param deadlineMs later answers are discarded */
  infer(
    modelId: string,
    request: InferenceRequest,
    deadlineMs: number,
  ): Promise<InferenceAnswer | InferenceRefusal>;
}
