/**
 * The assignment of rows to columns with the least total cost (Hungarian method, O(rows^2 x columns)).
 * @param costs a rectangular matrix of finite numbers
 * @returns the column of each row, -1 for a row that is left over
 */
export function leastCost(costs: readonly (readonly number[])[]): number[] {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return costs.map(() => -1);
  if (rows > columns) {
    const turned = Array.from({ length: columns }, (_, column) => costs.map((row) => row[column] ?? 0));
    const result = costs.map(() => -1);
    leastCost(turned).forEach((row, column) => (result[row] = column));
    return result;
  }
  // Potentials of rows and columns, and the row that holds each column; index 0 is the method's own.
  const u = new Float64Array(rows + 1);
  const v = new Float64Array(columns + 1);
  const holder = new Int32Array(columns + 1);
  const previous = new Int32Array(columns + 1);
  const at = (array: Float64Array | Int32Array, index: number): number => array[index] ?? 0;
  for (let row = 1; row <= rows; row++) {
    holder[0] = row;
    let column = 0;
    const slack = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const visited = new Uint8Array(columns + 1);
    do {
      visited[column] = 1;
      const held = at(holder, column);
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let candidate = 1; candidate <= columns; candidate++) {
        if (visited[candidate] === 1) continue;
        const reduced = (costs[held - 1]?.[candidate - 1] ?? 0) - at(u, held) - at(v, candidate);
        if (reduced < at(slack, candidate)) {
          slack[candidate] = reduced;
          previous[candidate] = column;
        }
        if (at(slack, candidate) < delta) {
          delta = at(slack, candidate);
          next = candidate;
        }
      }
      for (let each = 0; each <= columns; each++) {
        if (visited[each] === 1) {
          u[at(holder, each)] = at(u, at(holder, each)) + delta;
          v[each] = at(v, each) - delta;
        } else slack[each] = at(slack, each) - delta;
      }
      column = next;
    } while (at(holder, column) !== 0);
    do {
      const before = at(previous, column);
      holder[column] = at(holder, before);
      column = before;
    } while (column !== 0);
  }
  const result = costs.map(() => -1);
  for (let column = 1; column <= columns; column++)
    if (at(holder, column) > 0) result[at(holder, column) - 1] = column - 1;
  return result;
}
