// The status codes of every kernel and what they mean: the one list, compiled into the kernels by asc and into the host by
// tsc, so written in what both languages share. docs/kernels.md prints it, held by a test. New codes go at the end.

export const OK = 0;
export const OUT_OF_BOUNDS = 1;
export const BAD_PARAMETER = 2;
export const OUT_OF_MEMORY = 3;
export const BAD_MAGIC = 4;
export const BAD_VERSION = 5;
export const INCONSISTENT = 6;
export const BAD_CHECKSUM = 7;
export const INCOMPATIBLE = 8;
export const OUT_OF_RANGE = 9;

/** What a code means. A function, not a table: asc leaves out what no kernel calls, but not an array's strings. */
export function meaningOf(status: number): string {
  switch (status) {
    case OK:
      return "done";
    case OUT_OF_BOUNDS:
      return "a pointer and its length leave the memory";
    case BAD_PARAMETER:
      return "a parameter is outside its range";
    case OUT_OF_MEMORY:
      return "out of memory";
    case BAD_MAGIC:
      return "not a saved state of this kernel (wrong magic)";
    case BAD_VERSION:
      return "a state of another version";
    case INCONSISTENT:
      return "a state whose fields contradict each other or its length";
    case BAD_CHECKSUM:
      return "a damaged state (wrong checksum)";
    case INCOMPATIBLE:
      return "states of different parameters or seeds do not merge";
    case OUT_OF_RANGE:
      return "path counts leave the range of a double";
    default:
      return `status ${status}`;
  }
}
