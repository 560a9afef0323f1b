import type { OutputSchema } from '../../../contract/inference/outputSchema';
import type { Candidate } from './candidate';
import { bestOf, fromCentre } from './candidate';
import type { InputSize, Outputs } from './tensors';
import { OutputShapeError, expectShape, first, numbers, optional, pick, sigmoid } from './tensors';

type Schema<T extends OutputSchema['type']> = Extract<OutputSchema, { type: T }>;

/** Cells of the grids of all strides, in the order in which the families concatenate them. */
function cells(input: InputSize, strides: readonly number[]): { x: number; y: number; stride: number }[] {
  const all: { x: number; y: number; stride: number }[] = [];
  for (const stride of strides) {
    const columns = Math.ceil(input.width / stride);
    const rows = Math.ceil(input.height / stride);
    for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) all.push({ x, y, stride });
  }
  return all;
}

function expectCells(found: number, expected: number, strides: readonly number[]): void {
  if (found !== expected)
    throw new OutputShapeError(
      `the output has ${found} cells, but strides ${strides.join(', ')} give ${expected} at this input size`,
    );
}

/** YOLOX: unverified on real weights. */
export function yolox(
  outputs: Outputs,
  input: InputSize,
  threshold: number,
  schema: Schema<'yolox'>,
): Candidate[] {
  const tensor = first(outputs);
  const [rows = 0, columns = 0] = expectShape(tensor, 'the output', [1, null, null]);
  if (columns < 6) throw new OutputShapeError(`the output has ${columns} columns; at least 6 are expected`);
  const values = numbers(tensor);
  const grid = schema.decoded ? null : cells(input, schema.strides);
  if (grid) expectCells(rows, grid.length, schema.strides);
  const found: Candidate[] = [];
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const best = bestOf(values, start + 5, columns - 5);
    const score = (values[start + 4] ?? NaN) * best.score;
    if (!(score >= threshold)) continue;
    const [x = NaN, y = NaN, width = NaN, height = NaN] = [0, 1, 2, 3].map((index) => values[start + index]);
    const cell = grid?.[row];
    const box = cell
      ? fromCentre(
          (x + cell.x) * cell.stride,
          (y + cell.y) * cell.stride,
          Math.exp(width) * cell.stride,
          Math.exp(height) * cell.stride,
        )
      : fromCentre(x, y, width, height);
    found.push({ box, score, classId: best.classId });
  }
  return found;
}

/** NanoDet as its authors export it (the shipped files decode by themselves): unverified on real weights. */
export function nanodet(
  outputs: Outputs,
  input: InputSize,
  threshold: number,
  schema: Schema<'nanodet'>,
): Candidate[] {
  const tensor = first(outputs);
  const [rows = 0, columns = 0] = expectShape(tensor, 'the output', [1, null, null]);
  const bins = schema.reg_max + 1;
  const classes = columns - 4 * bins;
  if (classes < 1)
    throw new OutputShapeError(`the output has ${columns} columns; reg_max ${schema.reg_max} needs more`);
  const grid = cells(input, schema.strides);
  expectCells(rows, grid.length, schema.strides);
  const values = numbers(tensor);
  const found: Candidate[] = [];
  for (const [row, cell] of grid.entries()) {
    const start = row * columns;
    const best = bestOf(values, start, classes);
    if (!(best.score >= threshold)) continue;
    const distance = (side: number) => expectedBin(values, start + classes + side * bins, bins) * cell.stride;
    const x = (cell.x + schema.center_offset) * cell.stride;
    const y = (cell.y + schema.center_offset) * cell.stride;
    const clamp = (value: number, high: number) => Math.min(Math.max(value, 0), high);
    found.push({
      box: [
        clamp(x - distance(0), input.width),
        clamp(y - distance(1), input.height),
        clamp(x + distance(2), input.width),
        clamp(y + distance(3), input.height),
      ],
      ...best,
    });
  }
  return found;
}

/** Expectation of the distribution that softmax makes of `bins` logits. */
function expectedBin(values: ArrayLike<number>, start: number, bins: number): number {
  let highest = -Infinity;
  for (let bin = 0; bin < bins; bin++) highest = Math.max(highest, values[start + bin] ?? -Infinity);
  let total = 0;
  let weighted = 0;
  for (let bin = 0; bin < bins; bin++) {
    const weight = Math.exp((values[start + bin] ?? -Infinity) - highest);
    total += weight;
    weighted += weight * bin;
  }
  return weighted / total;
}

/** Objects as points: unverified on real weights. A peak is a cell that no neighbour of its class exceeds. */
export function centernet(
  outputs: Outputs,
  input: InputSize,
  threshold: number,
  schema: Schema<'centernet'>,
): Candidate[] {
  const chosen = schema.outputs ?? {};
  const heat = pick(outputs, 'heatmap', chosen.heatmap, ['heatmap', 'hm']);
  const [classes = 0, rows = 0, columns = 0] = expectShape(heat, 'heatmap', [1, null, null, null]);
  const size = pick(outputs, 'size', chosen.size, ['size', 'wh']);
  expectShape(size, 'size', [1, 2, rows, columns]);
  const offset = optional(outputs, chosen.offset, ['offset', 'reg']);
  if (offset) expectShape(offset, 'offset', [1, 2, rows, columns]);
  const [scaleX, scaleY] = [input.width / columns, input.height / rows];
  const area = rows * columns;
  const [heats, sizes] = [numbers(heat), numbers(size)];
  const shifts = offset ? numbers(offset) : null;
  const found: Candidate[] = [];
  for (let classId = 0; classId < classes; classId++) {
    for (let cell = 0; cell < area; cell++) {
      const raw = heats[classId * area + cell] ?? NaN;
      const score = schema.logits ? sigmoid(raw) : raw;
      if (!(score >= threshold) || !isPeak(heats, classId * area, cell, rows, columns)) continue;
      const x = (cell % columns) + (shifts?.[cell] ?? 0.5);
      const y = Math.floor(cell / columns) + (shifts?.[area + cell] ?? 0.5);
      const [x1, y1, x2, y2] = fromCentre(x, y, sizes[cell] ?? NaN, sizes[area + cell] ?? NaN);
      found.push({ box: [x1 * scaleX, y1 * scaleY, x2 * scaleX, y2 * scaleY], score, classId });
    }
  }
  return found.sort((a, b) => b.score - a.score).slice(0, schema.top_k);
}

function isPeak(
  heats: ArrayLike<number>,
  start: number,
  cell: number,
  rows: number,
  columns: number,
): boolean {
  const own = heats[start + cell] ?? NaN;
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++)
      if ((heats[start + y * columns + x] ?? -Infinity) > own) return false;
  return true;
}
