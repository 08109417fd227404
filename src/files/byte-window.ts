/**
 * A sliding window over a byte stream: `bytes[start, end)` has arrived and is not yet consumed. Decoders read it with
 * plain indexing and move `start`; `fill` is the only place that waits.
 *
 * Memory follows what has arrived, never what a length field announces: the window grows by doubling, up to the record
 * that the caller asks for plus one chunk of the source.
 */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** Whether the source has ended: `end` is then final. */
  ended = false;
  private consumedBefore = 0;
  private owned = false;
  private readonly source: AsyncIterator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Offset in the stream of the byte at `start`. */
  get offset(): number {
    return this.consumedBefore + this.start;
  }

  get available(): number {
    return this.end - this.start;
  }

  /** Waits until `count` bytes lie in the window; false if the stream ended before (what arrived stays). */
  async fill(count: number): Promise<boolean> {
    while (this.end - this.start < count) {
      if (this.ended) return false;
      const next = await this.source.next();
      if (next.done === true) this.ended = true;
      else if (next.value.length > 0) this.append(next.value);
    }
    return true;
  }

  /** Everything not yet consumed, then the rest of the stream, chunk by chunk; the window is not used any more. */
  async *rest(): AsyncGenerator<Uint8Array> {
    try {
      if (this.available > 0) yield this.bytes.subarray(this.start, this.end);
      while (!this.ended) {
        const next = await this.source.next();
        if (next.done === true) this.ended = true;
        else yield next.value;
      }
    } finally {
      await this.close();
    }
  }

  /** Tells the source that no more is wanted (a file is closed, say). */
  async close(): Promise<void> {
    if (!this.ended) await this.source.return?.();
    this.ended = true;
  }

  private append(chunk: Uint8Array): void {
    const kept = this.end - this.start;
    if (kept === 0) {
      this.consumedBefore += this.start;
      this.bytes = chunk;
      this.start = 0;
      this.end = chunk.length;
      this.owned = false;
      return;
    }
    if (!this.owned || this.bytes.length - this.end < chunk.length) this.makeRoom(kept, chunk.length);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  private makeRoom(kept: number, more: number): void {
    this.consumedBefore += this.start;
    // Moving at most as many bytes as were consumed since the last move keeps the cost linear for any chunk size.
    if (this.owned && this.start >= kept && this.bytes.length >= kept + more) {
      this.bytes.copyWithin(0, this.start, this.end);
    } else {
      const grown = new Uint8Array(2 * (kept + more));
      grown.set(this.bytes.subarray(this.start, this.end));
      this.bytes = grown;
      this.owned = true;
    }
    this.start = 0;
    this.end = kept;
  }
}
