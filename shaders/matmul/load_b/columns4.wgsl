// B stored transposed [n, k], k a multiple of 4: four values of k a load.
alias BElement = vec4<f32>;

// block[j][i] = B[k + j, column + i], 0 where k is past the end. Columns past the end: see columns.wgsl.
fn b_block(offset: u32, column: u32, k: u32) -> mat4x4f {
  let at = (offset + column * params.b_column + k) / 4u;
  let step = params.b_column / 4u;
  return transpose(mat4x4f(
    b_four(at, k), b_four(at + step, k), b_four(at + 2u * step, k), b_four(at + 3u * step, k),
  ));
}

fn b_four(at: u32, k: u32) -> vec4f { return select(vec4f(0.0), b[at], k < params.k); }
