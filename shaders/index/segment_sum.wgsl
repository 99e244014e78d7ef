//! use lib/flat_index.wgsl
//! use index/entry/* as entry
//! inout y
// y[key, c] += Σ src[entry(e), c] over the e with keys[e] = key, for sorted keys: sums of segments without atomics, in a
// fixed order. A thread walks RUN entries of one column. A segment that lies inside its piece goes to y, which no other thread
// adds to. The sum of one that crosses into a neighbour goes to `open`, two entries a piece: the one that began before
// the piece, and the one that continues after it. Their keys are sorted, too: the same kernel sums them until one piece is left.
const WG = 64u;
const RUN = 32u;
const NO_KEY = 0xffffffffu;

struct Params {
  count: u32,  // entries
  width: u32,  // columns
  src_inner: u32,
  src_length: u32,
  y_inner: u32,
  y_length: u32,
  limit: u32,  // keys ≥ limit are ignored
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> keys: array<u32>;             // [1, count]
@group(0) @binding(2) var<storage, read> src: array<f32>;              // [outer, src_length, src_inner]
@group(0) @binding(4) var<storage, read_write> y: array<f32>;          // [outer, y_length, y_inner]
@group(0) @binding(5) var<storage, read_write> open_keys: array<u32>;  // [1, 2 · pieces]
@group(0) @binding(6) var<storage, read_write> open_sums: array<f32>;  // [2 · pieces, width]

fn deliver(key: u32, column: u32, sum: f32) {
  if (key >= params.limit) { return; }
  let outer = column / params.y_inner;
  y[(outer * params.y_length + key) * params.y_inner + column % params.y_inner] += sum;
}

fn leave(place: u32, key: u32, column: u32, sum: f32) {
  if (column == 0u) { open_keys[place] = key; }
  open_sums[place * params.width + column] = sum;
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let unit = flat_index(group, groups, lane, WG);
  let column = unit % params.width;
  let piece = unit / params.width;
  let start = piece * RUN;
  if (start >= params.count) { return; }
  let end = min(start + RUN, params.count);
  let base = column / params.src_inner * params.src_length * params.src_inner + column % params.src_inner;
  var key = keys[start];
  var began_before = false;
  if (start > 0u) { began_before = keys[start - 1u] == key; }
  var alone = true; // no segment of this piece has ended yet
  var head_key = NO_KEY;
  var head_sum = 0.0;
  var sum = 0.0;
  for (var e = start; e < end; e++) {
    let next = keys[e];
    if (next != key) {
      if (alone & began_before) {
        head_key = key;
        head_sum = sum;
      } else {
        deliver(key, column, sum);
      }
      alone = false;
      key = next;
      sum = 0.0;
    }
    sum += src[base + entry(e) * params.src_inner];
  }
  var goes_on = false;
  if (end < params.count) { goes_on = keys[end] == key; }
  if (alone & (began_before | goes_on)) {
    leave(2u * piece, key, column, sum);
    leave(2u * piece + 1u, key, column, 0.0); // 0 under the same key: entries of a segment stay adjacent
    return;
  }
  leave(2u * piece, head_key, column, head_sum);
  leave(2u * piece + 1u, select(NO_KEY, key, goes_on), column, select(0.0, sum, goes_on));
  if (!goes_on) { deliver(key, column, sum); }
}
