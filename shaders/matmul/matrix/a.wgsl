// b is a vector, n = 1, whose numbers are neighbours in memory, transposed or not: the outputs are the rows of A.
fn output_count() -> u32 { return params.m; }
fn matrix_at(offsets: vec2u, output: u32, k: u32) -> f32 {
  return f32(a[offsets.x + output * params.a_row + k * params.a_k]);
}
fn vector_at(offsets: vec2u, k: u32) -> f32 { return f32(b[offsets.y + k]); }
fn column_of(output: u32) -> u32 { return 0u; }
