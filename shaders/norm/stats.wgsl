//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use norm/rows.wgsl
//! use norm/pack/* as pack
//! use storage/* as storage
//! use norm/lane_moments/* by pack
//! use norm/merge_lanes.wgsl
//! use norm/moments.wgsl
//! use norm/result/* as result
//! use norm/running/* as running
//! use norm/span/* as span
// Mean and biased variance of every piece of every row, about a pivot p near the mean:
//   offset = E[x − p],  var = E[(x − p − offset)²],  rstd = 1/√(var + eps)
// p is the median of the row's first, middle and last element, so one outlier cannot be it. x − p is exact wherever
// x and p agree within a factor of two (Sterbenz), which is when cancellation would hurt.
struct Params { rows: Rows, eps: f32, momentum: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<StoredPack>;            // [N, C, S]
@group(0) @binding(2) var<storage, read_write> stats: array<vec4f>; // [pieces, rows]

fn value_at(rows: Rows, row: u32, j: u32) -> f32 {
  return nth(Pack(x[element(rows, row, j / PACK)]), j % PACK);
}

fn pivot_of(rows: Rows, row: u32) -> f32 {
  let length = PACK * rows.length;
  let a = value_at(rows, row, 0u);
  let b = value_at(rows, row, length / 2u);
  let c = value_at(rows, row, length - 1u);
  return keep_nan(a, keep_nan(b, keep_nan(c, max(min(a, b), min(max(a, b), c)))));
}

// Moments of values times a scale.
struct Scaled { moments: Partial, scale: vec2f }

// Moments, by one of `lanes` lanes, of a piece's values times a scale: where squares of the values overflow or lose digits, and
// where x holds NaN. Merged in a tree of 32 branches for accuracy.
fn scaled_moments(rows: Rows, share: Share, p: f32, scale: vec2f, lane: u32, lanes: u32) -> Partial {
  let end = PACK * min((share.piece + 1u) * rows.piece, rows.length);
  var far = Partial(0.0);
  var near = Partial(0.0);
  var chunks = 0u;
  for (var chunk = PACK * share.piece * rows.piece + 32u * lane; chunk < end; chunk += 32u * lanes) {
    var sum = Partial(0.0);
    for (var j = chunk; j < min(chunk + 32u, end); j++) {
      let value = value_at(rows, share.row, j);
      let shrunk = value * scale.x - p * scale.x; // x − p itself may be beyond f32
      let d = select(shrunk, (value - p) * scale.x, scale.x > 1.0); // x · scale may overflow
      sum = combine(sum, Partial(1.0, d, 0.0));
    }
    near = combine(near, sum);
    chunks += 1u;
    if (chunks % 32u == 0u) {
      far = combine(far, near);
      near = Partial(0.0);
    }
  }
  return combine(far, near);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let rows = params.rows;
  let share = share_of(rows, flat_group(group, groups), lane);
  let p = pivot_of(rows, share.row);
  let found = moments_of(rows, share, p);
  if (!leads(rows, share)) { return; }
  let moments = found.moments;
  let scale = found.scale;
  stats[share.piece * rows.count + share.row] = result(moments, p, params.eps, scale);
  move_running(share.row, moments.x, p + moments.y * scale.y, moments.z * scale.y * scale.y);
}
