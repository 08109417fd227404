// Successive group betweenness (Puzis, Elovici, Dolev, Fast algorithm for successive computation of group betweenness
// centrality, Physical Review E 76, 2007), over access pairs and their rates.
//
// Three n x n matrices: D(x, y), distance; S(x, y), shortest paths that avoid M; B(x, y), rate of the pairs whose paths that
// avoid M run through x and later, or at once, through y. A node is on its own paths, so that B(x, x) is what x would add
// to M. B is summed by sources: B(x, y) = S(x, y) sum over s of S(s, x) beta_s(y), over s with x on a shortest path s to y.
// Taking v into M removes the paths through v from S and B. Where S falls to 0 so does B; a difference of sums keeps an
// error of about 1e-16 of the total rate. Path counts must be whole doubles: beyond 2^53, OUT_OF_RANGE.
//
// A state: 0 u32 magic "NVPS"  4 u32 nodes  8 u32 weighted  12 u32 0  16 D f64[n n]  then S  then B. Row x, column y.

import { Status, alloc, inside, mark, release } from "../abi";
import { PathStatus, lengthsOf, neighboursOf, nodesOf, offsetsOf, oppositeLengthsOf } from "./graph";
import { TIE, distancesOf, lengthInto, orderOf, positionsOf, searchAlloc, searchClear, searchFrom } from "./order";
import { backward, forward } from "./pass";
import { spreadRates, traffic_check } from "./traffic";

const MAGIC: u32 = 0x5350564e; // "NVPS"
const HEADER: u32 = 16;
/** Three matrices of more than this many nodes squared do not fit 32-bit memory. */
const MAX_NODES: u32 = 13000;
/** Bytes kept a node while a row changes. */
const CROSS: u32 = 48;
const EXACT: f64 = 9007199254740992;

/** Bytes of a state; 0 where it is too large. */
export function successive_bytes(nodes: u32): u32 {
  return nodes > MAX_NODES ? 0 : HEADER + 24 * nodes * nodes;
}

// @ts-ignore: decorator
@inline
function matrix(state: usize, which: u32): usize {
  const n = load<u32>(state, 4);
  return state + HEADER + which * (n * n * 8);
}

/**
 * Fills in the three matrices for an empty M and traffic as traffic_check takes it: a search a node, and for A access
 * nodes O(A n m) at worst (the paper's bound is O(n^3)), near A n where paths are short and few.
 */
export function successive_init(
  state: usize,
  graph: usize,
  access: usize,
  accessCount: u32,
  rates: usize,
  perPair: bool,
): i32 {
  const checked = traffic_check(graph, access, accessCount, rates, perPair);
  if (checked != Status.OK) return checked;
  const n = nodesOf(graph);
  if (n > MAX_NODES) return Status.BAD_PARAMETER;
  if (!inside(state, successive_bytes(n), 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(state, 0, successive_bytes(n));
  store<u32>(state, n, 4);
  store<u32>(state, lengthsOf(graph) != 0 ? 1 : 0, 8);
  const before = mark();
  const search = searchAlloc(graph);
  const values = alloc(n << 5);
  const none = alloc(n);
  const scratch = alloc(n << 3);
  if (search == 0 || values == 0 || none == 0 || scratch == 0) {
    release(before);
    return Status.OUT_OF_MEMORY;
  }
  memory.fill(none, 0, n);
  let status = Status.OK;
  for (let s: u32 = 0; s < n && status == Status.OK; s++) status = fillRow(state, graph, search, values, none, s);
  for (let i: u32 = 0; i < accessCount && status == Status.OK; i++) {
    const s = load<u32>(access + ((<usize>i) << 2));
    spreadRates(values, access, accessCount, rates, perPair, i, n);
    const reached = searchFrom(graph, search, s);
    status = forward(graph, search, reached, values, none);
    if (status == Status.OK) {
      backward(graph, search, reached, values, none, true, scratch);
      addSource(state, graph, search, reached, values, scratch);
    }
    searchClear(search, reached);
  }
  release(before);
  if (status != Status.OK) return status;
  const cellsOfMatrix = n * n;
  const paths = matrix(state, 1);
  const through = matrix(state, 2);
  for (let i: u32 = 0; i < cellsOfMatrix; i++) {
    const at = (<usize>i) << 3;
    store<f64>(through + at, load<f64>(through + at) * load<f64>(paths + at));
  }
  store<u32>(state, MAGIC);
  return Status.OK;
}

/** Distances and path counts from s; an unreached node has distance Infinity and no paths. */
function fillRow(state: usize, graph: usize, search: usize, values: usize, none: usize, s: u32): i32 {
  const n = nodesOf(graph);
  const row = (<usize>(s * n)) << 3;
  const distances = matrix(state, 0) + row;
  const paths = matrix(state, 1) + row;
  for (let v: u32 = 0; v < n; v++) store<f64>(distances + ((<usize>v) << 3), Infinity);
  const reached = searchFrom(graph, search, s);
  const status = forward(graph, search, reached, values, none);
  if (status != Status.OK) return status;
  for (let i: u32 = 0; i < reached; i++) {
    const v = <usize>load<u32>(orderOf(search) + ((<usize>i) << 2));
    const sigma = load<f64>(values + (v << 5), 8);
    if (sigma > EXACT) return PathStatus.OUT_OF_RANGE;
    store<f64>(distances + (v << 3), load<f64>(distancesOf(search) + (v << 3)));
    store<f64>(paths + (v << 3), sigma);
  }
  searchClear(search, reached);
  return Status.OK;
}

/**
 * Adds S(s, x) beta_s(y) to cell (x, y) wherever x is on a shortest path from s to y: walks back from every y. O(n m) at worst,
 * and near n where paths are short and few.
 */
function addSource(state: usize, graph: usize, search: usize, reached: u32, values: usize, scratch: usize): void {
  const n = load<u32>(state, 4);
  const order = orderOf(search);
  const seen = scratch;
  const stack = scratch + ((<usize>n) << 2);
  memory.fill(seen, 0xff, (<usize>n) << 2);
  for (let j: u32 = 0; j < reached; j++) {
    const y = load<u32>(order + ((<usize>j) << 2));
    const value = values + ((<usize>y) << 5);
    const beta = load<f64>(value, 24) + load<f64>(value) / load<f64>(value, 8);
    if (beta == 0) continue;
    store<u32>(stack, y);
    store<u32>(seen + ((<usize>y) << 2), y);
    for (let waiting: u32 = 1; waiting > 0;) {
      waiting--;
      const x = load<u32>(stack + ((<usize>waiting) << 2));
      const cell = matrix(state, 2) + ((<usize>(x * n + y)) << 3);
      store<f64>(cell, load<f64>(cell) + load<f64>(values + ((<usize>x) << 5), 8) * beta);
      waiting = pushPredecessors(graph, search, x, y, seen, stack, waiting);
    }
  }
}

/** Puts the predecessors of x that y's walk has not seen on the stack; returns its new height. */
function pushPredecessors(graph: usize, search: usize, x: u32, y: u32, seen: usize, stack: usize, waiting: u32): u32 {
  const positions = positionsOf(search);
  const distances = distancesOf(search);
  const into = oppositeLengthsOf(graph);
  const position = load<u32>(positions + ((<usize>x) << 2));
  const limit = load<f64>(distances + ((<usize>x) << 3)) * TIE;
  const end = load<u32>(offsetsOf(graph) + ((<usize>x) << 2), 4);
  for (let e = load<u32>(offsetsOf(graph) + ((<usize>x) << 2)); e < end; e++) {
    const u = load<u32>(neighboursOf(graph) + ((<usize>e) << 2));
    if (load<u32>(positions + ((<usize>u) << 2)) >= position) continue;
    if (load<f64>(distances + ((<usize>u) << 3)) + lengthInto(into, e) > limit) continue;
    if (load<u32>(seen + ((<usize>u) << 2)) == y) continue;
    store<u32>(seen + ((<usize>u) << 2), y);
    store<u32>(stack + ((<usize>waiting) << 2), u);
    waiting++;
  }
  return waiting;
}

/** Writes B(x, x), what each node would add to M's rate; f64[nodes]. */
export function successive_gains(state: usize, gains: usize): i32 {
  if (!inside(state, HEADER, 1) || load<u32>(state) != MAGIC) return Status.BAD_MAGIC;
  const n = load<u32>(state, 4);
  if (!inside(gains, n, 8)) return Status.OUT_OF_BOUNDS;
  const through = matrix(state, 2);
  for (let x: u32 = 0; x < n; x++) {
    store<f64>(gains + ((<usize>x) << 3), load<f64>(through + ((<usize>(x * n + x)) << 3)));
  }
  return Status.OK;
}

/** Takes node v into M. O(n^2) */
export function successive_add(state: usize, v: u32): i32 {
  if (!inside(state, HEADER, 1) || load<u32>(state) != MAGIC) return Status.BAD_MAGIC;
  const n = load<u32>(state, 4);
  if (v >= n) return Status.BAD_PARAMETER;
  const before = mark();
  const rows = alloc(n * CROSS);
  if (rows == 0) return Status.OUT_OF_MEMORY;
  copyCross(state, v, rows);
  for (let x: u32 = 0; x < n; x++) updateRow(state, v, x, rows);
  release(before);
  return Status.OK;
}

/** Keeps, before anything changes, for every y: D(v, y), S(v, y), B(v, y), B(y, v), D(y, v), S(y, v). */
function copyCross(state: usize, v: u32, rows: usize): void {
  const n = load<u32>(state, 4);
  for (let y: u32 = 0; y < n; y++) {
    const at = rows + <usize>(y * CROSS);
    const cell = (<usize>(v * n + y)) << 3;
    const back = (<usize>(y * n + v)) << 3;
    store<f64>(at, load<f64>(matrix(state, 0) + cell));
    store<f64>(at, load<f64>(matrix(state, 1) + cell), 8);
    store<f64>(at, load<f64>(matrix(state, 2) + cell), 16);
    store<f64>(at, load<f64>(matrix(state, 2) + back), 24);
    store<f64>(at, load<f64>(matrix(state, 0) + back), 32);
    store<f64>(at, load<f64>(matrix(state, 1) + back), 40);
  }
}

/** Removes from row x what runs through v: x, v, y; x, y, v; and v, x, y. */
function updateRow(state: usize, v: u32, x: u32, rows: usize): void {
  const n = load<u32>(state, 4);
  const tie = load<u32>(state, 8) != 0 ? TIE : 1.0;
  const row = (<usize>(x * n)) << 3;
  const distances = matrix(state, 0) + row;
  const paths = matrix(state, 1) + row;
  const through = matrix(state, 2) + row;
  const own = rows + <usize>(x * CROSS);
  const vx = load<f64>(own);
  const svx = load<f64>(own, 8);
  const bxv = load<f64>(own, 24);
  const xv = load<f64>(own, 32);
  const sxv = load<f64>(own, 40);
  for (let y: u32 = 0; y < n; y++) {
    const at = (<usize>y) << 3;
    const sxy = load<f64>(paths + at);
    if (sxy == 0) continue;
    const cross = rows + <usize>(y * CROSS);
    const xy = load<f64>(distances + at);
    const vy = load<f64>(cross);
    const svy = load<f64>(cross, 8);
    let b = load<f64>(through + at);
    let left = sxy;
    if (xv + vy <= xy * tie) {
      left = sxy - sxv * svy;
      b -= (b * (sxv * svy)) / sxy;
    }
    // Of the rate through x and later v, the share that passes y between; of that through v and later y, x between.
    if (y != v && sxv > 0 && xy + load<f64>(cross, 32) <= xv * tie) b -= (bxv * (sxy * load<f64>(cross, 40))) / sxv;
    if (x != v && svy > 0 && vx + xy <= vy * tie) b -= (load<f64>(cross, 16) * (svx * sxy)) / svy;
    store<f64>(paths + at, left);
    store<f64>(through + at, left == 0 ? 0 : max(b, 0));
  }
}
