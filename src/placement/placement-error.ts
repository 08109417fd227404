/** A placement that cannot be made as asked; the message says what would do. */
export class PlacementError extends Error {
  override readonly name = "PlacementError";
}
