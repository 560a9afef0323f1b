import { z } from 'zod';

/** How a model's output tensors are read: `output_schema` of model.yaml. One entry per family. */

const names = {
  /** Names in the order of the class numbers. */
  class_names: z.array(z.string().min(1).max(64)).min(1).max(10_000).optional(),
  /** The same as a text file in the model's folder, one name a line. */
  class_names_file: z.string().min(1).max(255).optional(),
  /** How many classes; only checked against the names. */
  classes: z.number().int().positive().optional(),
  /** For people; not interpreted. */
  format: z.string().max(500).optional(),
};

/** Which output tensor plays which part, where the model's own names are not the usual ones. */
const outputs = <const N extends string>(...parts: N[]) =>
  z.partialRecord(z.enum(parts), z.string().min(1)).optional();

const boxUnits = z.enum(['pixels', 'normalized']);

export const outputSchema = z.discriminatedUnion('type', [
  /** One tensor [1,K,6]: x1, y1, x2, y2, score, class. */
  z.strictObject({
    type: z.literal('dets_xyxy_score_class'),
    box_units: boxUnits.default('pixels'),
    ...names,
  }),
  /** TensorFlow or torchvision SSD: boxes [1,N,4] with scores [1,N,C], or scores [1,N] and classes [1,N]. */
  z.strictObject({
    type: z.literal('ssd'),
    outputs: outputs('boxes', 'scores', 'classes'),
    box_order: z.enum(['yxyx', 'xyxy']).default('yxyx'),
    box_units: boxUnits.default('normalized'),
    /** Number of the class that means "nothing"; class numbers are counted without it. */
    background_class: z.number().int().nonnegative().nullable().default(0),
    ...names,
  }),
  /** [1,N,5+C]: cx, cy, w, h (pixels), objectness, class scores. */
  z.strictObject({ type: z.literal('yolov5'), ...names }),
  /** [1,4+C,N]: cx, cy, w, h (pixels), class scores. */
  z.strictObject({ type: z.literal('yolov8'), ...names }),
  z.strictObject({ type: z.literal('yolov11'), ...names }),
  /** [1,N,5+C] on grids; `decoded` when the export already applied grid and stride. */
  z.strictObject({
    type: z.literal('yolox'),
    decoded: z.boolean().default(false),
    strides: z.array(z.number().int().positive()).min(1).default([8, 16, 32]),
    ...names,
  }),
  /** [1,N,C+4*(reg_max+1)]: class scores and a distribution over distances for each side. */
  z.strictObject({
    type: z.literal('nanodet'),
    strides: z.array(z.number().int().positive()).min(1).default([8, 16, 32, 64]),
    reg_max: z.number().int().positive().default(7),
    /** Where in its cell a prior lies, cells: 0 for NanoDet-Plus, 0.5 for NanoDet. */
    center_offset: z.number().min(0).max(1).default(0),
    ...names,
  }),
  /** Objects as points: heat map [1,C,H,W], sizes [1,2,H,W] and offsets [1,2,H,W] in cells. */
  z.strictObject({
    type: z.literal('centernet'),
    outputs: outputs('heatmap', 'size', 'offset'),
    /** The heat map holds logits. */
    logits: z.boolean().default(false),
    top_k: z.number().int().positive().max(1000).default(100),
    ...names,
  }),
  /** Logits [1,Q,C] and boxes [1,Q,4] (cx, cy, w, h, 0..1), or labels, boxes and scores of an export with its own post-processor. */
  z.strictObject({
    type: z.enum(['rtdetr', 'dfine']),
    outputs: outputs('logits', 'boxes', 'labels', 'scores'),
    ...names,
  }),
  /** [1,1,17,3]: y, x, score. */
  z.strictObject({
    type: z.literal('movenet_singlepose'),
    keypoint_threshold: z.number().min(0).max(1).default(0.25),
    ...names,
  }),
  /** [1,6,56]: 17 times y, x, score, then ymin, xmin, ymax, xmax, score. */
  z.strictObject({
    type: z.literal('movenet_multipose'),
    keypoint_threshold: z.number().min(0).max(1).default(0.25),
    ...names,
  }),
  /** The model's own handler reads the tensors. */
  z.strictObject({ type: z.literal('handler'), ...names }),
]);
export type OutputSchema = z.infer<typeof outputSchema>;

/** Families whose reading was checked against golden tensors only, never against weights of that family. */
export const UNVERIFIED_OUTPUT_TYPES: ReadonlySet<OutputSchema['type']> = new Set([
  'ssd',
  'yolov5',
  'yolov8',
  'yolov11',
  'yolox',
  'nanodet',
  'centernet',
  'rtdetr',
  'dfine',
] as const);
