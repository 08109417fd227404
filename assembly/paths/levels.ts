// Eight lanes' levels in step: which node is visited when, and by how many shortest paths.
//
// An undirected graph's neighbours of a node of level d lie in d - 1, d and d + 1. So a lane's visited neighbours of a node
// that it has not visited all lie in the level before: the sum of all neighbours' sigma, where own sigma is 0, is the node's
// sigma, and neither distances nor predecessor lists are kept (pulling as in Beamer, Asanovic, Patterson,
// Direction-optimizing breadth-first search, SC 2012). Eight sources that lie together reach a node in one or two
// different levels, so that one read of a row serves eight.
// Which nodes to look at in a step: those next to the last level, marked byte by byte, or, if that level is large, all that
// some lane has not visited. Either way each sum runs in row order: the choice leaves every bit as it is.
// Counts past 2^512 are divided by it from level to level, and which lanes were is kept, so that 2^1024 paths are no limit;
// a level whose counts span more than 2^900 gives OUT_OF_RANGE.

import { Status, alloc } from "../abi";
import { PathStatus } from "./graph";
import { largeLanes, mergeLanes, pullUnvisited } from "./lanes";
import { pullWatched } from "./watch-lanes";

/** 2^-388: what a count must exceed to be divided by 2^512. */
const LEAST: f64 = 1.5862136483222808e-117;
/** A level of more than 1/SWEEP of the unvisited arcs is answered by looking at all unvisited nodes. */
const SWEEP: f64 = 12;

// A batch's workspace, all of it written before it is read:
//  0 u32 sigma f64[core * 8]  4 u32 betas f64[core * 8]  8 u32 level's results f64[core * 8]  12 u32 visits, nodes u32[core * 8]
// 16 u32 visits, lanes u8[core * 8]  20 u32 levels' first visits u32[core + 2]  24 u32 lanes divided before a level u8[core + 2]
// 28 u32 lanes that visited a node u8[core]  32 u32 marks u8[core]  36 u32 nodes to look at u32[core + 1]  40 u32 levels
const WORKSPACE: u32 = 48;
/** A workspace in the arena; 0 where memory is out. */
export function workspaceAlloc(core: u32): usize {
  const workspace = alloc(WORKSPACE);
  if (workspace == 0) return 0;
  for (let field: u32 = 0; field < 10; field++) {
    let bytes: u64 = <u64>core * 64 + 64;
    if (field == 3) bytes = <u64>core * 32 + 4;
    else if (field == 4) bytes = <u64>core * 8 + 1;
    else if (field == 5) bytes = <u64>core * 4 + 12;
    else if (field == 6 || field == 7 || field == 8) bytes = <u64>core + 3;
    else if (field == 9) bytes = <u64>core * 4 + 4;
    if (bytes >= 0xffff0000) return 0;
    const pointer = alloc(<u32>bytes);
    if (pointer == 0) return 0;
    // A node's 64 bytes are one cache line.
    store<u32>(workspace + ((<usize>field) << 2), <u32>(field < 3 ? (pointer + 63) & ~63 : pointer));
  }
  return workspace;
}

/** Nodes next to the visits [begin, end) that some lane has not visited; returns how many are listed. */
// @ts-ignore: decorator
@inline
function listNext(visits: usize, begin: u32, end: u32, offsets: usize, arcs: usize, marks: usize, list: usize): u32 {
  let at = list;
  let visit = visits + ((<usize>begin) << 2);
  for (const stop = visits + ((<usize>end) << 2); visit < stop; visit += 4) {
    const offset = offsets + ((<usize>load<u32>(visit)) << 2);
    let arc = arcs + ((<usize>load<u32>(offset)) << 2);
    for (const last = arcs + ((<usize>load<u32>(offset, 4)) << 2); arc < last; arc += 4) {
      const u = load<u32>(arc) >> 6;
      const marked = <u32>load<u8>(marks + <usize>u);
      store<u8>(marks + <usize>u, 1);
      // Always writes, and moves on only past an unmarked node.
      store<u32>(at, u);
      at += <usize>((1 - marked) << 2);
    }
  }
  return <u32>((at - list) >> 2);
}

/** All nodes that some lane has not visited. */
// @ts-ignore: decorator
@inline
function listUnvisited(core: u32, visited: usize, list: usize): u32 {
  let at = list;
  for (let v: u32 = 0; v < core; v++) {
    store<u32>(at, v);
    at += <usize>((<u32>(load<u8>(visited + <usize>v) != 0xff)) << 2);
  }
  return <u32>((at - list) >> 2);
}

/**
 * Runs a started batch's levels. T = u64: eight lanes of sigma; T = u32: four of sigma, then four of tau, the paths that
 * avoid the removed nodes (u8[core]).
 */
export function runLevels<T>(plan: usize, workspace: usize, removed: usize): i32 {
  const core = load<u32>(plan, 8);
  const offsets = <usize>load<u32>(plan, 16);
  const arcs = <usize>load<u32>(plan, 20);
  const sigma = <usize>load<u32>(workspace);
  const results = <usize>load<u32>(workspace, 8);
  const visits = <usize>load<u32>(workspace, 12);
  const lanes = <usize>load<u32>(workspace, 16);
  const levels = <usize>load<u32>(workspace, 20);
  const divided = <usize>load<u32>(workspace, 24);
  const visited = <usize>load<u32>(workspace, 28);
  const marks = <usize>load<u32>(workspace, 32);
  const list = <usize>load<u32>(workspace, 36);
  let unvisited = <f64>load<u32>(plan, 12);
  let scaled: u32 = 0;
  let level: u32 = 0;
  let begin: u32 = 0;
  let end = load<u32>(levels, 4);
  while (begin < end) {
    let border: f64 = 0;
    for (let i = begin; i < end; i++) {
      const offset = offsets + ((<usize>load<u32>(visits + ((<usize>i) << 2))) << 2);
      border += <f64>(load<u32>(offset, 4) - load<u32>(offset));
    }
    let looks: u32;
    if (border * SWEEP > unvisited) looks = listUnvisited(core, visited, list);
    else looks = listNext(visits, begin, end, offsets, arcs, marks, list);
    let next = end;
    let result = results;
    for (let at = list, stop = list + ((<usize>looks) << 2); at < stop; at += 4) {
      const u = load<u32>(at);
      const offset = offsets + ((<usize>u) << 2);
      const row = arcs + ((<usize>load<u32>(offset)) << 2);
      const rowEnd = arcs + ((<usize>load<u32>(offset, 4)) << 2);
      const own = sigma + ((<usize>u) << 6);
      let set: u32;
      if (sizeof<T>() == 8) set = pullUnvisited(row, rowEnd, sigma, own, result, scaled);
      else set = pullWatched(row, rowEnd, sigma, own, <u32>load<u8>(removed + <usize>u), result, scaled);
      store<u8>(marks + <usize>u, 0);
      store<u32>(visits + ((<usize>next) << 2), u);
      store<u8>(lanes + <usize>next, <u8>set);
      next += <u32>(set != 0);
      result += <usize>((<u32>(set != 0)) << 6);
    }
    result = results;
    for (let i = end; i < next; i++, result += 64) {
      const u = <usize>load<u32>(visits + ((<usize>i) << 2));
      mergeLanes(sigma + (u << 6), result);
      const now = (<u32>load<u8>(visited + u)) | (<u32>load<u8>(lanes + <usize>i));
      store<u8>(visited + u, <u8>now);
      if (now == 0xff) {
        store<u8>(marks + u, 1);
        unvisited -= <f64>(load<u32>(offsets + (u << 2), 4) - load<u32>(offsets + (u << 2)));
      }
    }
    scaled = largeLanes(results, next - end);
    // tau is divided with its sigma.
    if (sizeof<T>() == 4) scaled = (scaled & 15) | ((scaled & 15) << 4);
    if (scaled != 0 && !divisible(results, next - end, scaled)) return PathStatus.OUT_OF_RANGE;
    level++;
    store<u8>(divided + <usize>level, <u8>scaled);
    begin = end;
    end = next;
    store<u32>(levels + ((<usize>level) << 2), end, 4);
  }
  store<u32>(workspace, level, 40);
  return Status.OK;
}

/** Whether every count of the lanes to be divided stays a normal double. */
function divisible(results: usize, count: u32, scaled: u32): bool {
  for (let i: u32 = 0; i < count; i++) {
    for (let l: u32 = 0; l < 8; l++) {
      const value = load<f64>(results + ((<usize>i) << 6) + ((<usize>l) << 3));
      if (((scaled >> l) & 1) != 0 && value != 0 && value < LEAST) return false;
    }
  }
  return true;
}
