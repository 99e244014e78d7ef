//! inout mean
// mean ← α · mean + (1 − α) · g; the second moment about it is square − mean², which rounding may not make negative
@group(0) @binding(8) var<storage, read_write> mean: array<vec4f>; // [elements]

fn centred(i: u32, square: vec4f, g: vec4f, row: RmspropRow) -> vec4f {
  if (row.centred == 0.0) { return square; }
  let m = row.alpha * mean[i] + row.rest * g;
  mean[i] = m;
  let about = square - m * m;
  return select(about, vec4f(0.0), about < vec4f(0.0)); // a comparison with NaN is false, so NaN stays
}
