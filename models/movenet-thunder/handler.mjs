/**
 * MoveNet Thunder looks at one person in a square crop. A person detector finds the people first; both run in this
 * model's container (docs/models.md, "A handler of its own").
 */

/** Side of the crop, in longer sides of the person's box: room for arms and feet. */
const CROP = 1.3;
/** Below this mean score of its points a crop shows no person that could be read. */
const LEAST_SKELETON = 0.15;

/** @param {import('../runtime/model/handler').HandlerContext} context */
export default function create({ model, companions }) {
  const [detector] = Object.values(companions);
  if (!detector) throw new Error('companion_models must name a detector that knows "person"');
  return {
    /** @type {import('../runtime/model/handler').Handler['infer']} */
    async infer(frame, { confidence, iou, config }) {
      const found = await detector.detect(frame, { confidence, iou });
      const people = found.filter(({ class_name }) => class_name === 'person').slice(0, limit(config));
      const detections = [];
      for (const person of people) {
        const [pose] = await model.detect(frame, {
          region: around(person.bbox, frame),
          confidence: LEAST_SKELETON,
        });
        if (pose?.keypoints) detections.push({ ...person, class_id: 0, keypoints: pose.keypoints });
      }
      return detections;
    },
  };
}

/** @param {Record<string, unknown>} config */
function limit(config) {
  const asked = config['max_persons'];
  return typeof asked === 'number' && asked >= 1 ? Math.min(Math.floor(asked), 10) : 8;
}

/**
 * The square around a box, moved (and where the frame is too small, cut) so that it lies inside the frame.
 * @param {readonly number[]} bbox 0..1 of the frame
 * @param {{ width: number, height: number }} frame
 * @returns {{ x: number, y: number, width: number, height: number }} 0..1 of the frame
 */
function around([x1 = 0, y1 = 0, x2 = 0, y2 = 0], frame) {
  const side = Math.max((x2 - x1) * frame.width, (y2 - y1) * frame.height) * CROP;
  const width = Math.min(side / frame.width, 1);
  const height = Math.min(side / frame.height, 1);
  const x = Math.min(Math.max((x1 + x2) / 2 - width / 2, 0), 1 - width);
  const y = Math.min(Math.max((y1 + y2) / 2 - height / 2, 0), 1 - height);
  return { x, y, width, height };
}
