import { z } from 'zod';
import { command, query, subscription } from './channel';
import { nothing, uuid } from './common';
import { modelId } from './models';
import { DIALOG_MS } from './storage';

const percentiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable();

/** A model and the process that runs it. */
export const modelContainer = z.object({
  model_id: z.string(),
  name: z.string(),
  version: z.string(),
  description: z.string().nullable(),
  origin: z.enum(['shipped', 'imported']),
  license: z.string().nullable(),
  tasks: z.array(z.string()),
  class_names: z.array(z.string()),
  /** False: outputs of this family were never checked against real weights here. */
  verified: z.boolean(),
  state: z.enum(['stopped', 'starting', 'ready', 'degraded', 'unavailable']),
  /** For people. */
  reason: z.string().nullable(),
  pid: z.number().int().nullable(),
  device: z.record(z.string(), z.unknown()).nullable(),
  /** Whether its process reaches files of others and the network no more; null while it does not run. */
  confined: z.object({ files: z.boolean(), network: z.boolean() }).nullable(),
  load_ms: z.number().nullable(),
  heartbeat_age_ms: z.number().nullable(),
  requests: z.number().int(),
  answered: z.number().int(),
  errors: z.number().int(),
  timeouts: z.number().int(),
  busy: z.number().int(),
  late: z.number().int(),
  in_flight: z.number().int(),
  /** Answers a second over the last 10 s. */
  throughput: z.number(),
  latency_ms: percentiles,
  model_ms: percentiles,
});
export type ModelContainer = z.infer<typeof modelContainer>;

/** A model folder that a person chose, before it is imported. */
export const modelCandidate = z.object({
  token: uuid,
  path: z.string(),
  model_id: z.string(),
  name: z.string(),
  version: z.string(),
  description: z.string().nullable(),
  author: z.string().nullable(),
  license: z.string().nullable(),
  tasks: z.array(z.string()),
  classes: z.number().int(),
  /** Of the network's input, pixels. */
  width: z.number().int(),
  height: z.number().int(),
  weights_bytes: z.number(),
  verified: z.boolean(),
  /** File name of the program that it brings and that would run with the user's rights; null when it brings none. */
  program: z.string().nullable(),
});
export type ModelCandidate = z.infer<typeof modelCandidate>;

export const containerChannels = {
  'model-containers.list': query(
    nothing,
    z.object({
      /** False: the frame export is off, so no container exists. */
      is_running: z.boolean(),
      containers: z.array(modelContainer),
      /** Folders that are no usable model. */
      unusable: z.array(
        z.object({
          folder: z.string(),
          origin: z.enum(['shipped', 'imported']),
          problems: z.array(z.string()),
        }),
      ),
    }),
  ),
  /** Which model's container changed its state; lossy. */
  'model-containers.changed': subscription(nothing, z.object({ model_id: z.string() })),
  /**
   * Asks for a model folder with the desktop's dialog and checks it; null when the dialog was cancelled. Nothing of
   * it runs or is copied. 422 with every problem when it is no usable model, 409 when its id is taken, 503 while
   * frames are not exported.
   */
  'model-containers.choose-folder': command(
    nothing,
    z.object({ chosen: modelCandidate.nullable() }),
    DIALOG_MS,
  ),
  /**
   * Copies the chosen folder and registers the model. 400 when it brings a program and that was not accepted;
   * otherwise as `model-containers.choose-folder`.
   */
  'model-containers.import': command(
    z.object({ token: uuid, accept_program: z.boolean().default(false) }),
    z.object({ model_id: z.string() }),
    60_000,
  ),
  /** The only way back from unavailable, and never done by itself (INV-48). */
  'model-containers.restart': command(z.object({ model_id: modelId }), nothing, 130_000),
} as const;
