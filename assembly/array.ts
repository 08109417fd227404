// Arrays in raw memory: element i of the one that begins at `base`. Small elements are read and written as u32, which is
// what they are counted with.

// @ts-ignore: decorator
@inline
export function u8At(base: usize, i: u32): u32 {
  return load<u8>(base + <usize>i);
}

// @ts-ignore: decorator
@inline
export function setU8(base: usize, i: u32, value: u32): void {
  i32.store8(base + <usize>i, value);
}

// @ts-ignore: decorator
@inline
export function u16At(base: usize, i: u32): u32 {
  return load<u16>(base + ((<usize>i) << 1));
}

// @ts-ignore: decorator
@inline
export function setU16(base: usize, i: u32, value: u32): void {
  i32.store16(base + ((<usize>i) << 1), value);
}

/** Where the u32 or f32 i stands. */
// @ts-ignore: decorator
@inline
export function at4(base: usize, i: u32): usize {
  return base + ((<usize>i) << 2);
}

// @ts-ignore: decorator
@inline
export function u32At(base: usize, i: u32): u32 {
  return load<u32>(at4(base, i));
}

// @ts-ignore: decorator
@inline
export function setU32(base: usize, i: u32, value: u32): void {
  store<u32>(at4(base, i), value);
}

/** Where the u64 or f64 i stands. */
// @ts-ignore: decorator
@inline
export function at8(base: usize, i: u32): usize {
  return base + ((<usize>i) << 3);
}

// @ts-ignore: decorator
@inline
export function u64At(base: usize, i: u32): u64 {
  return load<u64>(at8(base, i));
}

// @ts-ignore: decorator
@inline
export function setU64(base: usize, i: u32, value: u64): void {
  store<u64>(at8(base, i), value);
}

// @ts-ignore: decorator
@inline
export function f64At(base: usize, i: u32): f64 {
  return load<f64>(at8(base, i));
}

// @ts-ignore: decorator
@inline
export function setF64(base: usize, i: u32, value: f64): void {
  store<f64>(at8(base, i), value);
}

// @ts-ignore: decorator
@inline
export function addU32(base: usize, i: u32, value: u32): void {
  const at = at4(base, i);
  store<u32>(at, load<u32>(at) + value);
}

// @ts-ignore: decorator
@inline
export function addF64(base: usize, i: u32, value: f64): void {
  const at = at8(base, i);
  store<f64>(at, load<f64>(at) + value);
}
