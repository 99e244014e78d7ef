// a is a vector, m = 1, whose numbers are neighbours in memory, transposed or not: the outputs are the columns of B.
fn output_count() -> u32 { return params.n; }
fn matrix_at(offsets: vec2u, output: u32, k: u32) -> f32 {
  return f32(b[offsets.y + output * params.b_column + k * params.b_k]);
}
fn vector_at(offsets: vec2u, k: u32) -> f32 { return f32(a[offsets.x + k]); }
fn column_of(output: u32) -> u32 { return output; }
