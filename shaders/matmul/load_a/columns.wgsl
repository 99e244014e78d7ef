// A stored transposed [k, m], any m.
alias AElement = f32;

// block[j][i] = A[row + i, k + j], 0 where k + j is past the end. Rows past the end: see rows.wgsl.
fn a_block(offset: u32, row: u32, k: u32) -> mat4x4f {
  let at = offset + k * params.a_k + row;
  let step = params.a_k;
  return mat4x4f(
    a_four(at, k), a_four(at + step, k + 1u), a_four(at + 2u * step, k + 2u), a_four(at + 3u * step, k + 3u),
  );
}

fn a_four(at: u32, k: u32) -> vec4f {
  return select(vec4f(0.0), vec4f(a[at], a[at + 1u], a[at + 2u], a[at + 3u]), k < params.k);
}
