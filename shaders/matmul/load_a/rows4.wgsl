// A stored [m, k], k a multiple of 4: four values of k a load.
alias AElement = vec4<f32>;

// block[j][i] = A[row + i, k + j], 0 where k is past the end. Rows past the end: see rows.wgsl.
fn a_block(offset: u32, row: u32, k: u32) -> mat4x4f {
  let at = (offset + row * params.a_row + k) / 4u;
  let step = params.a_row / 4u;
  return transpose(mat4x4f(
    a_four(at, k), a_four(at + step, k), a_four(at + 2u * step, k), a_four(at + 3u * step, k),
  ));
}

fn a_four(at: u32, k: u32) -> vec4f { return select(vec4f(0.0), a[at], k < params.k); }
