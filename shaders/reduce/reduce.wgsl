//! use lib/axis.wgsl
//! use lib/flat_index.wgsl
//! use element/* as element
//! use reduce/reduce_op/* as op
//! use reduce/walk/* as walk
// y[p, o] = scale · (x[o, first] ∘ … ∘ x[o, last − 1]), piece p = [first, last) of the elements that output o reduces.
// LANES threads share a piece of an output, in an order that depends on sizes alone. A workgroup has WG / LANES of them.
override WG: u32 = 64;
override LANES: u32 = 16; // a power of two that divides WG
// Neighbouring threads take neighbouring elements of one output (true) or neighbouring outputs (false): whichever
// are next to each other in x.
override ALONG: bool = true;

struct Params {
  outputs: u32,
  length: u32,       // packs of elements that one output reduces
  piece: u32,        // length of a piece in packs; the last may be shorter
  pieces: u32,
  scale: f32,
  kept_rank: u32,
  reduced_rank: u32,
  kept: array<Axis, 4>,    // strides in x, innermost first
  reduced: array<Axis, 4>, // likewise
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Pack>;      // [n0, n1, ...]
@group(0) @binding(2) var<storage, read_write> y: array<Element>; // [pieces, outputs]

var<workgroup> partial: array<Element, WG>;

fn kept_offset(index: u32) -> u32 {
  var rest = index;
  var offset = 0u;
  for (var k = 0u; k + 1u < params.kept_rank; k++) {
    offset += (rest % params.kept[k].size) * params.kept[k].strides.x;
    rest /= params.kept[k].size;
  }
  return offset + rest * params.kept[params.kept_rank - 1u].strides.x;
}

// Packs first, first + LANES, … before last: four at a time, so that loads overlap. Partial results of 32 steps are put
// together by 32, and these in turn: the error of a sum grows with the cube root of its length.
fn reduce_strided(base: u32, first: u32, last: u32) -> Element {
  var far = start();
  var near = start();
  var chunks = 0u;
  for (var chunk = first; chunk < last; chunk += 128u * LANES) {
    let end = min(chunk + 128u * LANES, last);
    var a = start();
    var b = start();
    var c = start();
    var d = start();
    var r = chunk;
    for (; r + 3u * LANES < end; r += 4u * LANES) {
      a = each(a, x[base + reduced_offset(r)]);
      b = each(b, x[base + reduced_offset(r + LANES)]);
      c = each(c, x[base + reduced_offset(r + 2u * LANES)]);
      d = each(d, x[base + reduced_offset(r + 3u * LANES)]);
    }
    for (; r < end; r += LANES) { a = each(a, x[base + reduced_offset(r)]); }
    near = each(near, each(each(a, b), each(c, d)));
    chunks += 1u;
    if (chunks % 32u == 0u) {
      far = each(far, near);
      near = start();
    }
  }
  return fold(each(far, near));
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let together = WG / LANES;
  let lane = select(local / together, local % LANES, ALONG);
  let place = select(local % together, local / LANES, ALONG); // which of the workgroup's outputs
  let unit = flat_group(group, groups) * together + place;
  let p = unit / params.outputs;
  let o = unit % params.outputs;
  let mine = (o < params.outputs) & (p < params.pieces);
  let slot = lane * together + place;
  var total = identity();
  if (mine) {
    let last = min((p + 1u) * params.piece, params.length);
    total = reduce_strided(kept_offset(o) / PACK, p * params.piece + lane, last);
  }
  if (LANES > 1u) {
    partial[slot] = total;
    workgroupBarrier();
    for (var half = LANES / 2u; half > 0u; half /= 2u) {
      if (lane < half) { partial[slot] = combine(partial[slot], partial[slot + half * together]); }
      workgroupBarrier();
    }
    total = partial[slot];
  }
  if (mine & (lane == 0u)) { y[p * params.outputs + o] = Element(params.scale) * total; }
}
