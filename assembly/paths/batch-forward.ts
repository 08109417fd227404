// A batch's levels in step: which node is visited when, and by how many shortest paths.
//
// An undirected graph's neighbours of a node of level d lie in d - 1, d and d + 1. So a lane's visited neighbours of a node
// that it has not visited all lie in the level before: the sum of all neighbours' sigma, where own sigma is 0, is the node's
// sigma, and neither distances nor predecessor lists are kept (pulling as in Beamer, Asanovic, Patterson,
// Direction-optimizing breadth-first search, SC 2012). Sources that lie together reach a node in one or two different levels,
// so that one read of a row serves the batch.
// Which nodes to look at in a step: those next to the last level, marked byte by byte, or, if that level is large, all that
// some lane has not visited. Either way each sum runs in row order: the choice leaves every bit as it is.
// Counts past 2^512 are divided by it from level to level, and which lanes were is kept, so that 2^1024 paths are no limit;
// a level whose counts span more than 2^900 gives OUT_OF_RANGE.

import { Status } from "../abi";
import { at4, f64At, setF64, setU32, setU8, u32At, u8At } from "../array";
import { Batch, lanesAt } from "./batch";
import { degreeAt } from "./graph";
import { factorsOf, largeLanes, mergeLanes, sumRow } from "./lanes";

/** 2^-388: what a count must exceed to be divided by 2^512. */
const LEAST: f64 = 1.5862136483222808e-117;
/** A level of more than 1/SWEEP of the unvisited arcs is answered by looking at all unvisited nodes. */
const SWEEP: f64 = 12;

/** Runs a started batch's levels: fills in values and visits. OUT_OF_RANGE as above. */
export function forward<T>(batch: Batch): i32 {
  const rows = batch.rows;
  const values = batch.values;
  const results = batch.results;
  const visits = batch.visits;
  const lanes = batch.lanes;
  const visited = batch.visited;
  const removed = batch.removed;
  const marks = batch.marks;
  const list = batch.list;
  // In bytes of rows, as the border below.
  let unvisited = 4.0 * <f64>batch.arcs;
  let scaled: u32 = 0;
  let level: u32 = 0;
  let begin: u32 = 0;
  let end = u32At(batch.levels, 1);
  while (begin < end) {
    let border: f64 = 0;
    for (let i = begin; i < end; i++) border += <f64>degreeAt(rows, u32At(visits, i));
    let stop: usize;
    if (border * SWEEP > unvisited) stop = listUnvisited(batch.core, visited, list);
    else stop = listNext(at4(visits, begin), at4(visits, end), rows, marks, list);
    let next = end;
    let result = results;
    for (let at = list; at < stop; at += 4) {
      const u = load<u32>(at);
      const avoided = sizeof<T>() == 4 ? u8At(removed, u) : 0;
      const set = pull<T>(at4(rows, u), values, lanesAt(values, u), avoided, scaled, result);
      setU8(marks, u, 0);
      // Always writes, and moves on only past a visit.
      setU32(visits, next, u);
      setU8(lanes, next, set);
      next += <u32>(set != 0);
      result += <usize>((<u32>(set != 0)) << 6);
    }
    result = results;
    for (let i = end; i < next; i++, result += 64) {
      const u = u32At(visits, i);
      mergeLanes(lanesAt(values, u), result);
      const now = u8At(visited, u) | u8At(lanes, i);
      setU8(visited, u, now);
      if (now == 0xff) {
        setU8(marks, u, 1);
        unvisited -= <f64>degreeAt(rows, u);
      }
    }
    scaled = largeLanes(results, next - end);
    // tau is divided with its sigma.
    if (sizeof<T>() == 4) scaled = (scaled & 15) | ((scaled & 15) << 4);
    if (scaled != 0 && !divisible(results, next - end, scaled)) return Status.OUT_OF_RANGE;
    level++;
    setU8(batch.divided, level, scaled);
    begin = end;
    end = next;
    setU32(batch.levels, level + 1, end);
  }
  batch.depth = level;
  return Status.OK;
}

/** Lists nodes next to the visits [visit, stop) that some lane has not visited; returns where the list ends. */
// @ts-ignore: decorator
@inline
function listNext(visit: usize, stop: usize, rows: usize, marks: usize, list: usize): usize {
  for (; visit < stop; visit += 4) {
    const row = at4(rows, load<u32>(visit));
    let arc = <usize>load<u32>(row);
    for (const last = <usize>load<u32>(row, 4); arc < last; arc += 4) {
      const u = load<u32>(arc) >> 6;
      const marked = u8At(marks, u);
      setU8(marks, u, 1);
      // Always writes, and moves on only past an unmarked node.
      store<u32>(list, u);
      list += <usize>((1 - marked) << 2);
    }
  }
  return list;
}

/** Lists all nodes that some lane has not visited; returns where the list ends. */
// @ts-ignore: decorator
@inline
function listUnvisited(core: u32, visited: usize, list: usize): usize {
  for (let v: u32 = 0; v < core; v++) {
    store<u32>(list, v);
    list += <usize>((<u32>(u8At(visited, v) != 0xff)) << 2);
  }
  return list;
}

/**
 * Sums the lanes of a row's nodes, scaled by the set's factors, and writes to out what is left in lanes whose source has not
 * visited the node of the row, else 0; of tau nothing where the node is in M. Returns the sources that visit it now.
 */
// @ts-ignore: decorator
@inline
function pull<T>(rowAt: usize, values: usize, own: usize, removed: u32, scaled: u32, out: usize): u32 {
  let row = <usize>load<u32>(rowAt);
  const end = <usize>load<u32>(rowAt, 4);
  if (ASC_FEATURE_SIMD) {
    const zero = f64x2.splat(0);
    let a = zero;
    let b = zero;
    let c = zero;
    let d = zero;
    for (; row < end; row += 4) {
      const at = values + <usize>load<u32>(row);
      a = f64x2.add(a, v128.load(at));
      b = f64x2.add(b, v128.load(at, 16));
      c = f64x2.add(c, v128.load(at, 32));
      d = f64x2.add(d, v128.load(at, 48));
    }
    if (scaled != 0) {
      const factor = factorsOf(scaled);
      a = f64x2.mul(a, v128.load(factor));
      b = f64x2.mul(b, v128.load(factor, 16));
      c = f64x2.mul(c, v128.load(factor, 32));
      d = f64x2.mul(d, v128.load(factor, 48));
    }
    const newA = f64x2.eq(v128.load(own), zero);
    const newB = f64x2.eq(v128.load(own, 16), zero);
    a = v128.and(a, newA);
    b = v128.and(b, newB);
    if (sizeof<T>() == 8) {
      c = v128.and(c, f64x2.eq(v128.load(own, 32), zero));
      d = v128.and(d, f64x2.eq(v128.load(own, 48), zero));
    } else {
      const kept = i64x2.splat(removed != 0 ? 0 : -1);
      c = v128.and(v128.and(c, newA), kept);
      d = v128.and(v128.and(d, newB), kept);
    }
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
    const low = i64x2.bitmask(f64x2.gt(a, zero)) | (i64x2.bitmask(f64x2.gt(b, zero)) << 2);
    if (sizeof<T>() == 4) return low;
    return low | (i64x2.bitmask(f64x2.gt(c, zero)) << 4) | (i64x2.bitmask(f64x2.gt(d, zero)) << 6);
  } else {
    sumRow<u64>(row, end, values, out);
    let set: u32 = 0;
    for (let l: u32 = 0; l < sizeof<T>(); l++) {
      let sigma = f64At(out, l);
      if (scaled != 0) sigma *= f64At(factorsOf(scaled), l);
      if (f64At(own, l) != 0) sigma = 0;
      setF64(out, l, sigma);
      if (sigma > 0) set |= 1 << l;
      if (sizeof<T>() == 8) continue;
      let tau = f64At(out, l + 4);
      if (scaled != 0) tau *= f64At(factorsOf(scaled), l + 4);
      if (f64At(own, l) != 0 || removed != 0) tau = 0;
      setF64(out, l + 4, tau);
    }
    return set;
  }
}

/** Whether every count of the lanes to be divided stays a normal double. */
function divisible(results: usize, count: u32, scaled: u32): bool {
  for (let i: u32 = 0; i < count; i++) {
    for (let l: u32 = 0; l < 8; l++) {
      const value = f64At(lanesAt(results, i), l);
      if (((scaled >> l) & 1) != 0 && value != 0 && value < LEAST) return false;
    }
  }
  return true;
}
