//! use lib/flat_index.wgsl
//! use norm/rows.wgsl
//! use norm/merge_lanes.wgsl
//! use norm/moments.wgsl
//! use norm/result/* as result
// Mean and biased variance of every piece of every row, about a pivot p near the mean:
//   offset = E[x − p],  var = E[(x − p − offset)²],  rstd = 1/√(var + eps)
// p is the median of the row's first, middle and last element, so one outlier cannot be it. x − p is exact wherever
// x and p agree within a factor of two (Sterbenz), which is when cancellation would hurt.
struct Params { rows: array<vec4u, 3>, eps: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;             // [N, C, S]
@group(0) @binding(2) var<storage, read_write> stats: array<vec4f>; // [pieces, rows]

fn sample(rows: Rows, row: u32, j: u32) -> f32 {
  return x[element(rows, row, j / rows.run, j % rows.run)];
}

fn pivot_of(rows: Rows, row: u32) -> f32 {
  let a = sample(rows, row, 0u);
  let b = sample(rows, row, rows.length / 2u);
  let c = sample(rows, row, rows.length - 1u);
  return max(min(a, b), min(max(a, b), c));
}

// Moments of one lane's elements, four at a time so that each is read once and four reads are in flight.
fn lane_moments(rows: Rows, begin: Cursor, p: f32) -> Partial {
  var c = begin;
  var sum = Partial(0.0);
  while (c.j + 3u * rows.lanes < c.end) {
    let c1 = next(rows, c);
    let c2 = next(rows, c1);
    let c3 = next(rows, c2);
    let four = vec4f(x[index(rows, c)], x[index(rows, c1)], x[index(rows, c2)], x[index(rows, c3)]) - p;
    let mean = 0.25 * ((four.x + four.y) + (four.z + four.w));
    let d = four - mean;
    sum = combine(sum, Partial(4.0, mean, 0.25 * dot(d, d)));
    c = next(rows, c3);
  }
  while (c.j < c.end) {
    sum = combine(sum, Partial(1.0, x[index(rows, c)] - p, 0.0));
    c = next(rows, c);
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
  let c = start(rows, flat_group(group, groups), lane);
  let p = pivot_of(rows, c.row);
  let moments = merge_lanes(rows.lanes, c.slot, lane_moments(rows, c, p));
  if (leads(rows, c)) { stats[c.piece * rows.count + c.row] = result(moments, p, params.eps); }
}
