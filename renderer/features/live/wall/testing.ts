import fc from 'fast-check';
import type { TilePlace } from '../../../../contract/layouts';
import { LEAST_STEPS, MOST_TILES, WALL_STEPS } from '../../../../contract/layouts';
import { hasRoom } from './arrangement';

/** Arrangements for property tests: up to 16 tiles, none covering another. */
export const arrangements: fc.Arbitrary<TilePlace[]> = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: WALL_STEPS - LEAST_STEPS }),
      y: fc.integer({ min: 0, max: WALL_STEPS - LEAST_STEPS }),
      w: fc.integer({ min: LEAST_STEPS, max: 24 }),
      h: fc.integer({ min: LEAST_STEPS, max: 24 }),
    }),
    { maxLength: 40 },
  )
  .map((wishes) => {
    const places: TilePlace[] = [];
    for (const wish of wishes) if (places.length < MOST_TILES && hasRoom(places, wish)) places.push(wish);
    return places;
  });

export const directions = fc.constantFrom('left', 'right', 'up', 'down');
