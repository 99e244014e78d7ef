// A stored transposed [k, m], m a multiple of 4: four rows a load.
alias AElement = vec4<f32>;

// block[j][i] = A[row + i, k + j], 0 where k + j is past the end. Rows past the end: see rows.wgsl.
fn a_block(offset: u32, row: u32, k: u32) -> mat4x4f {
  let at = (offset + k * params.a_k + row) / 4u;
  let step = params.a_k / 4u;
  return mat4x4f(
    a_four(at, k), a_four(at + step, k + 1u), a_four(at + 2u * step, k + 2u), a_four(at + 3u * step, k + 3u),
  );
}

fn a_four(at: u32, k: u32) -> vec4f { return select(vec4f(0.0), a[at], k < params.k); }
