// Arrays in raw memory: element i of the one that begins at `base`. Small elements are read and written as u32, which is
// what they are counted with. Debug builds stop where an array is none: alloc gives 0 where memory is out, callers for "no
// such array".

// @ts-ignore: decorator
@inline
function array(base: usize): usize {
  return ASC_NO_ASSERT ? base : present(base);
}

function present(base: usize): usize {
  assert(base != 0, "pointer 0 is no array");
  return base;
}

/** Where byte i stands. */
// @ts-ignore: decorator
@inline
function at1(base: usize, i: u32): usize {
  return array(base) + <usize>i;
}

// @ts-ignore: decorator
@inline
export function u8At(base: usize, i: u32): u32 {
  return load<u8>(at1(base, i));
}

// @ts-ignore: decorator
@inline
export function setU8(base: usize, i: u32, value: u32): void {
  i32.store8(at1(base, i), value);
}

/** Where the u16 i stands. */
// @ts-ignore: decorator
@inline
function at2(base: usize, i: u32): usize {
  return array(base) + ((<usize>i) << 1);
}

// @ts-ignore: decorator
@inline
export function u16At(base: usize, i: u32): u32 {
  return load<u16>(at2(base, i));
}

// @ts-ignore: decorator
@inline
export function setU16(base: usize, i: u32, value: u32): void {
  i32.store16(at2(base, i), value);
}

/** Where the u32 or f32 i stands. */
// @ts-ignore: decorator
@inline
export function at4(base: usize, i: u32): usize {
  return array(base) + ((<usize>i) << 2);
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
  return array(base) + ((<usize>i) << 3);
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
