//! use lib/flat_index.wgsl
//! use norm/rows.wgsl
//! use norm/merge_lanes.wgsl
//! use norm/moments.wgsl
//! use norm/result/* as result
//! use norm/running/* as running
// Mean and biased variance of every piece of every row, about a pivot p near the mean:
//   offset = E[x − p],  var = E[(x − p − offset)²],  rstd = 1/√(var + eps)
// p is the median of the row's first, middle and last element, so one outlier cannot be it. x − p is exact wherever
// x and p agree within a factor of two (Sterbenz), which is when cancellation would hurt.
struct Params { rows: array<vec4u, 3>, eps: f32, momentum: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;             // [N, C, S]
@group(0) @binding(2) var<storage, read_write> stats: array<vec4f>; // [pieces, rows]

fn pivot_of(rows: Rows, row: u32) -> f32 {
  let a = x[element(rows, row, 0u)];
  let b = x[element(rows, row, rows.length / 2u)];
  let c = x[element(rows, row, rows.length - 1u)];
  return max(min(a, b), min(max(a, b), c));
}

// Moments of one lane's elements, four at a time so that each is read once and four reads are in flight.
fn lane_moments(rows: Rows, share: Share, p: f32) -> Partial {
  var sum = Partial(0.0);
  var at = share.at;
  for (var k = 0u; k < share.trips / 4u; k++) {
    let a1 = next(rows, share, at);
    let a2 = next(rows, share, a1);
    let a3 = next(rows, share, a2);
    let four = vec4f(x[at.x], x[a1.x], x[a2.x], x[a3.x]) - p;
    let mean = 0.25 * ((four.x + four.y) + (four.z + four.w));
    let d = four - mean;
    sum = combine(sum, Partial(4.0, mean, 0.25 * dot(d, d)));
    at = next(rows, share, a3);
  }
  for (var k = 0u; k < share.trips % 4u; k++) {
    sum = combine(sum, Partial(1.0, x[at.x] - p, 0.0));
    at = next(rows, share, at);
  }
  return sum;
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let rows = rows_of(params.rows[0], params.rows[1], params.rows[2]);
  let share = share_of(rows, flat_group(group, groups), lane);
  let p = pivot_of(rows, share.row);
  let moments = merge_lanes(rows.lanes, share.slot, lane_moments(rows, share, p));
  if (leads(rows, share)) {
    stats[share.piece * rows.count + share.row] = result(moments, p, params.eps);
    move_running(share.row, moments.x, p + moments.y, moments.z);
  }
}
