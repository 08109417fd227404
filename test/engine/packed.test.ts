import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compiledUrl, moduleOf, portableName } from "../../src/engine/module-names.ts";
import { queueAddress } from "../../src/engine/queue/options.ts";
import { pack, unpack } from "../../src/engine/queue/packed.ts";

describe("a packed value", () => {
  it("is read back to the same bits", () => {
    const any = fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: false, maxDepth: 4 });
    fc.assert(
      fc.property(any, (value) => {
        expect(unpack(pack(value))).toEqual(value);
      }),
    );
    const numbers = [0.1 + 0.2, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324];
    expect(unpack(pack(numbers))).toStrictEqual(numbers);
    expect(unpack(pack(new Float32Array([0.1]).subarray(0)))).toStrictEqual(new Float32Array([0.1]));
  });

  it("keeps names that look like its own marks", () => {
    const value = { $number: "NaN", $undefined: 1, $$array: ["u8", 1, false], plain: undefined };
    expect(unpack(pack(value))).toStrictEqual(value);
  });

  it("is small where an array is mostly zeros", () => {
    const sparse = new Uint8Array(1e6);
    sparse[5] = 1;
    expect(pack({ sparse }).length).toBeLessThan(10_000);
    const back = unpack(pack(sparse));
    expect(back instanceof Uint8Array && Buffer.compare(back, sparse)).toBe(0);
  });

  it.each([
    ["a function", () => {}, "a function"],
    ["a map", new Map(), "a Map"],
    ["a date", new Date(), "a Date"],
  ])("holds no %s", (_, value, what) => {
    expect(() => pack({ value })).toThrow(`a result that holds ${what} cannot travel over the queue`);
  });
});

describe("a module's name", () => {
  it("is that of the compiled file within the package", () => {
    const source = new URL("../../src/papers/published.ts", import.meta.url).href;
    expect(portableName(source)).toBe("dist/papers/published.js");
    expect(moduleOf("dist/papers/published.js")).toBe(compiledUrl(source));
    expect(portableName(new URL("./fixtures/tasks.mjs", import.meta.url).href)).toBe("test/engine/fixtures/tasks.mjs");
  });

  it("leads nowhere else", () => {
    expect(() => portableName("file:///elsewhere/task.js")).toThrow("outside the package");
    for (const name of [
      "../other/task.js",
      "/etc/task.js",
      "file:///etc/task.js",
      "http://x/task.js",
      "node:fs",
      "data:text/javascript,0",
      "%2e%2e/x.js",
    ]) {
      expect(() => moduleOf(name), name).toThrow("names no module of the package");
    }
  });
});

describe("a queue's address", () => {
  it("is told without its password", () => {
    expect(queueAddress("redis://me:secret@host:7000/2")).toBe("redis://host:7000/2");
    expect(queueAddress("rediss://host")).toBe("rediss://host:6379");
  });

  it.each(["host:6379", "http://host", "redis://", ""])("is not %j", (url) => {
    expect(() => queueAddress(url)).toThrow("is no address like redis://host:6379");
  });
});
