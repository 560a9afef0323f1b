// Golden tensors: each test encodes known boxes into the family's output with the definitions of its authors, the
// inverse of what the product does. Nothing of the decoders is used to make them.
import { describe, expect, it } from 'vitest';
import { UNVERIFIED_OUTPUT_TYPES, outputSchema } from '../../../contract/inference/outputSchema';
import { readOutputs } from './postprocess';
import type { InputSize, Outputs, Tensor } from './tensors';
import { OutputShapeError } from './tensors';

interface Truth {
  /** cx, cy, width, height: pixels of the input. */
  readonly at: readonly [number, number, number, number];
  readonly classId: number;
  readonly score: number;
}

const input: InputSize = { width: 128, height: 64 };
const truths: readonly Truth[] = [
  { at: [30, 20, 24, 16], classId: 2, score: 0.9 },
  { at: [100, 40, 10, 30], classId: 0, score: 0.6 },
];
const CLASSES = 4;

const tensor = (data: ArrayLike<number>, dims: number[], type = 'float32'): Tensor => ({
  type,
  dims,
  data: type === 'int64' ? BigInt64Array.from(Array.from(data), BigInt) : Float32Array.from(data),
});
const logit = (p: number) => Math.log(p / (1 - p));
const read = (schema: Record<string, unknown>, outputs: Outputs, threshold = 0.5) =>
  readOutputs(outputSchema.parse(schema), outputs, input, threshold);

function expectTruths(found: ReturnType<typeof read>, expected: readonly Truth[] = truths): void {
  const sorted = [...found].sort((a, b) => b.score - a.score);
  expect(sorted.map(({ classId }) => classId)).toEqual(expected.map(({ classId }) => classId));
  for (const [index, { at, score }] of expected.entries()) {
    const [x, y, w, h] = at;
    const got = sorted[index];
    expect(got?.score).toBeCloseTo(score, 5);
    [x - w / 2, y - h / 2, x + w / 2, y + h / 2].forEach((side, axis) =>
      expect(got?.box[axis]).toBeCloseTo(side, 3),
    );
  }
}

/** Class scores of one row: the true class has `score`, the others little. */
const scores = (truth: Truth | undefined) =>
  Array.from({ length: CLASSES }, (_, id) => (id === truth?.classId ? truth.score : 0.01));

/** Grid cells of all strides: index of the cell that holds a point, as the families order them. */
function cellOf(x: number, y: number, stride: number, strides: readonly number[]) {
  let start = 0;
  for (const one of strides) {
    if (one === stride) break;
    start += (input.width / one) * (input.height / one);
  }
  const [column, row] = [Math.floor(x / stride), Math.floor(y / stride)];
  return { index: start + row * (input.width / stride) + column, column, row };
}
const cellCount = (strides: readonly number[]) =>
  strides.reduce((sum, one) => sum + (input.width / one) * (input.height / one), 0);

describe('dets_xyxy_score_class', () => {
  const rows = [...truths, undefined].flatMap((truth) => {
    if (!truth) return [0, 0, 0, 0, 0, 0];
    const [x, y, w, h] = truth.at;
    return [x - w / 2, y - h / 2, x + w / 2, y + h / 2, truth.score, truth.classId];
  });

  it('reads rows and leaves padding out', () => {
    expectTruths(read({ type: 'dets_xyxy_score_class' }, { dets: tensor(rows, [1, 3, 6]) }));
  });

  it('scales rows that are fractions', () => {
    const scaled = rows.map((value, index) => {
      const column = index % 6;
      return column > 3 ? value : value / (column % 2 === 0 ? input.width : input.height);
    });
    const outputs = { dets: tensor(scaled, [1, 3, 6]) };
    expectTruths(read({ type: 'dets_xyxy_score_class', box_units: 'normalized' }, outputs));
  });
});

describe('ssd', () => {
  const boxes = truths.flatMap(({ at: [x, y, w, h] }) => [
    (y - h / 2) / input.height,
    (x - w / 2) / input.width,
    (y + h / 2) / input.height,
    (x + w / 2) / input.width,
  ]);

  it('reads a score for each class, counting without the background', () => {
    const all = truths.flatMap((truth) => [0.99, ...scores(truth)]);
    expectTruths(
      read({ type: 'ssd' }, { boxes: tensor(boxes, [1, 2, 4]), scores: tensor(all, [1, 2, CLASSES + 1]) }),
    );
  });

  it('reads one class for each box', () => {
    const schema = {
      type: 'ssd',
      background_class: null,
      outputs: { classes: 'which', scores: 'how_sure', boxes: 'where' },
    };
    expectTruths(
      read(schema, {
        where: tensor(boxes, [1, 2, 4]),
        how_sure: tensor(
          truths.map(({ score }) => score),
          [1, 2],
        ),
        which: tensor(
          truths.map(({ classId }) => classId),
          [1, 2],
          'int64',
        ),
      }),
    );
  });
});

describe('YOLO', () => {
  it('v5: class score times objectness', () => {
    const rows = [...truths, undefined].flatMap((truth) =>
      truth
        ? [...truth.at, 0.95, ...scores({ ...truth, score: truth.score / 0.95 })]
        : [64, 32, 10, 10, 0.02, ...scores(undefined)],
    );
    expectTruths(read({ type: 'yolov5' }, { output0: tensor(rows, [1, 3, 5 + CLASSES]) }));
  });

  it.each(['yolov8', 'yolov11'])('%s: one column for each box', (type) => {
    const count = 40;
    const data = new Float32Array((4 + CLASSES) * count).fill(0.01);
    truths.forEach((truth, index) => {
      const column = 7 + index * 11;
      [...truth.at, ...scores(truth)].forEach((value, row) => (data[row * count + column] = value));
    });
    expectTruths(read({ type }, { output0: tensor(data, [1, 4 + CLASSES, count]) }));
  });

  it('v8: a transposed export is refused instead of misread', () => {
    const outputs = { output0: tensor(new Float32Array(8400 * 84), [1, 8400, 84]) };
    expect(() => read({ type: 'yolov8' }, outputs)).toThrow(OutputShapeError);
  });
});

describe('YOLOX', () => {
  const strides = [8, 16, 32];
  const encode = (decoded: boolean) => {
    const rows = cellCount(strides);
    const data = new Float32Array(rows * (5 + CLASSES));
    truths.forEach((truth, index) => {
      const [x, y, w, h] = truth.at;
      const stride = strides[index] ?? 8;
      const { index: row, column, row: line } = cellOf(x, y, stride, strides);
      const box = decoded
        ? [x, y, w, h]
        : [x / stride - column, y / stride - line, Math.log(w / stride), Math.log(h / stride)];
      data.set([...box, 0.99, ...scores({ ...truth, score: truth.score / 0.99 })], row * (5 + CLASSES));
    });
    return { output: tensor(data, [1, rows, 5 + CLASSES]) };
  };

  it('adds grid and stride', () => expectTruths(read({ type: 'yolox' }, encode(false))));
  it('reads an export that is decoded already', () =>
    expectTruths(read({ type: 'yolox', decoded: true }, encode(true))));
  it('refuses strides that do not fit the input', () =>
    expect(() => read({ type: 'yolox', strides: [8, 16] }, encode(false))).toThrow(/strides 8, 16/));
});

describe.each([0, 0.5])('NanoDet with priors at %s of the cell', (offset) => {
  const strides = [8, 16, 32, 64];
  const regMax = 7;

  it('takes the expectation of each distribution', () => {
    const rows = cellCount(strides);
    const columns = CLASSES + 4 * (regMax + 1);
    const data = new Float32Array(rows * columns);
    truths.forEach((truth, index) => {
      const [x, y, w, h] = truth.at;
      const stride = strides[index] ?? 8;
      const { index: row, column, row: line } = cellOf(x, y, stride, strides);
      const [priorX, priorY] = [(column + offset) * stride, (line + offset) * stride];
      const sides = [priorX - (x - w / 2), priorY - (y - h / 2), x + w / 2 - priorX, y + h / 2 - priorY];
      // Two neighbouring bins whose weights give the distance; e^-40 elsewhere.
      const bins = sides.flatMap((side) => {
        const distance = side / stride;
        const low = Math.floor(distance);
        const share = distance - low;
        return Array.from({ length: regMax + 1 }, (_, bin) =>
          bin === low ? Math.log(1 - share || 1e-17) : bin === low + 1 ? Math.log(share || 1e-17) : -40,
        );
      });
      data.set([...scores(truth), ...bins], row * columns);
    });
    const schema = { type: 'nanodet', center_offset: offset };
    expectTruths(read(schema, { output: tensor(data, [1, rows, columns]) }));
  });
});

describe('CenterNet', () => {
  const [rows, columns] = [16, 32];
  const encode = (logits: boolean) => {
    const value = (p: number) => (logits ? logit(p) : p);
    const heat = new Float32Array(CLASSES * rows * columns).fill(value(0.01));
    const size = new Float32Array(2 * rows * columns);
    const offset = new Float32Array(2 * rows * columns);
    for (const { at, classId, score } of truths) {
      const [x, y, w, h] = at.map((one) => one / 4) as [number, number, number, number];
      const cell = Math.floor(y) * columns + Math.floor(x);
      const plane = classId * rows * columns;
      heat[plane + cell] = value(score);
      heat[plane + cell + 1] = value(score - 0.05); // the slope of the peak must not become a find
      size.set([w], cell);
      size.set([h], rows * columns + cell);
      offset.set([x - Math.floor(x)], cell);
      offset.set([y - Math.floor(y)], rows * columns + cell);
    }
    return {
      hm: tensor(heat, [1, CLASSES, rows, columns]),
      wh: tensor(size, [1, 2, rows, columns]),
      reg: tensor(offset, [1, 2, rows, columns]),
    };
  };

  it('finds peaks', () => expectTruths(read({ type: 'centernet' }, encode(false))));
  it('finds peaks among logits', () => expectTruths(read({ type: 'centernet', logits: true }, encode(true))));
});

describe.each(['rtdetr', 'dfine'])('%s', (type) => {
  it('reads logits and centred boxes', () => {
    const boxes = truths.flatMap(({ at: [x, y, w, h] }) => [
      x / input.width,
      y / input.height,
      w / input.width,
      h / input.height,
    ]);
    const logits = truths.flatMap((truth) => scores(truth).map(logit));
    const outputs = { logits: tensor(logits, [1, 2, CLASSES]), pred_boxes: tensor(boxes, [1, 2, 4]) };
    expectTruths(read({ type }, outputs));
  });

  it('reads an export with its own post-processor', () => {
    const corners = truths.flatMap(({ at: [x, y, w, h] }) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2]);
    const labels = truths.map(({ classId }) => classId);
    expectTruths(
      read(
        { type },
        {
          labels: tensor(labels, [1, 2], 'int64'),
          boxes: tensor(corners, [1, 2, 4]),
          scores: tensor(
            truths.map(({ score }) => score),
            [1, 2],
          ),
        },
      ),
    );
  });
});

describe('MoveNet', () => {
  const points = Array.from(
    { length: 17 },
    (_, index) => [0.2 + index * 0.03, 0.3 + index * 0.02, 0.8] as const,
  );

  it('single pose: y before x, box around the points that were seen', () => {
    const unseen = [0.99, 0.99, 0.1];
    const data = [...points.slice(0, 16).flat(), ...unseen];
    const [pose] = read({ type: 'movenet_singlepose' }, { out: tensor(data, [1, 1, 17, 3]) });
    expect(pose?.keypoints?.[0]?.[0]).toBeCloseTo(0.3 * 128, 3);
    expect(pose?.keypoints?.[0]?.[1]).toBeCloseTo(0.2 * 64, 3);
    const expected = [0.3 * 128, 0.2 * 64, 0.6 * 128, 0.65 * 64];
    expected.forEach((side, axis) => expect(pose?.box[axis]).toBeCloseTo(side, 3));
    expect(pose?.score).toBeCloseTo((16 * 0.8 + 0.1) / 17, 5);
  });

  it('multi pose: each row its own score and box', () => {
    const row = (score: number) => [...points.flat(), 0.1, 0.25, 0.7, 0.75, score];
    const data = [...row(0.7), ...row(0.1), ...Array.from({ length: 4 }, () => row(0)).flat()];
    const found = read({ type: 'movenet_multipose' }, { out: tensor(data, [1, 6, 56]) }, 0.2);
    expect(found).toHaveLength(1);
    [0.25 * 128, 0.1 * 64, 0.75 * 128, 0.7 * 64].forEach((side, axis) =>
      expect(found[0]?.box[axis]).toBeCloseTo(side, 3),
    );
    expect(found[0]?.keypoints).toHaveLength(17);
  });
});

it('says which families were never checked against real weights', () => {
  expect([...UNVERIFIED_OUTPUT_TYPES].sort()).toEqual(
    ['centernet', 'dfine', 'nanodet', 'rtdetr', 'ssd', 'yolov11', 'yolov5', 'yolov8', 'yolox'].sort(),
  );
});
