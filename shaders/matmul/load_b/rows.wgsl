// B stored [k, n], any n.
alias BElement = f32;

// block[j][i] = B[k + j, column + i], 0 where k + j is past the end. Columns past the end: see columns.wgsl.
fn b_block(offset: u32, column: u32, k: u32) -> mat4x4f {
  let at = offset + k * params.b_k + column;
  let step = params.b_k;
  return mat4x4f(
    b_four(at, k), b_four(at + step, k + 1u), b_four(at + 2u * step, k + 2u), b_four(at + 3u * step, k + 3u),
  );
}

fn b_four(at: u32, k: u32) -> vec4f {
  return select(vec4f(0.0), vec4f(b[at], b[at + 1u], b[at + 2u], b[at + 3u]), k < params.k);
}
