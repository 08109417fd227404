/** How values are compared: differences that only the order of summation makes decide nothing. */

/** Relative: values this near to each other are equal. */
export const TIE = 1e-12;

/**
 * The lowest index among those whose value is at least (1 - 1e-12) of the largest, as the cover kernel has it; -1 where no
 * value is above `least`. O(indices)
 */
export function largest(indices: Iterable<number>, value: (index: number) => number, least: number): number {
  let most = least;
  for (const index of indices) most = Math.max(most, value(index));
  if (most === least) return -1;
  const enough = most * (1 - TIE);
  let found = -1;
  for (const index of indices) if (value(index) >= enough && (found === -1 || index < found)) found = index;
  return found;
}

/** Indices by descending value, ties by ascending index; found one at a time, O(indices) each. */
export function* byValue(indices: Iterable<number>, value: (index: number) => number): Generator<number> {
  const left = new Set(indices);
  while (left.size > 0) {
    const next = largest(left, value, Number.NEGATIVE_INFINITY);
    left.delete(next);
    yield next;
  }
}
