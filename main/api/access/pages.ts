import type { Operator } from '../../users/operator';

interface Paged {
  readonly skip: number;
  readonly limit: number;
}

/** More than any list has. */
const ALL = 1_000_000;

/**
 * For lists with `skip`, `limit` and `total`: an operator who does not see every camera gets pages of what is
 * left, as if there were nothing else.
 * @param count key of the number of rows of the page, where there is one
 */
export function pagesOf<K extends string, Row>(key: K, cameraOf: (row: Row) => string, count?: string) {
  return {
    narrow: <Q extends Paged>(request: Q): Q => ({ ...request, skip: 0, limit: ALL }),
    filter: <R extends { readonly total: number }>(value: R, operator: Operator, request: Paged): R => {
      const rows = (value as unknown as Record<K, Row[]>)[key].filter((row) =>
        operator.mayCamera(cameraOf(row), 'any'),
      );
      const page = rows.slice(request.skip, request.skip + request.limit);
      return {
        ...value,
        ...('page_size' in value
          ? { page: Math.floor(request.skip / request.limit) + 1, page_size: request.limit }
          : {}),
        ...(count === undefined ? {} : { [count]: page.length }),
        [key]: page,
        total: rows.length,
      };
    },
  };
}
