// A stored [m, k], any k.
alias AElement = f32;

// block[j][i] = A[row + i, k + j], 0 where k + j is past the end. Rows past the end hold whatever WebGPU reads there:
// they only reach rows of C that are never stored.
fn a_block(offset: u32, row: u32, k: u32) -> mat4x4f {
  let at = offset + row * params.a_row + k;
  let step = params.a_row;
  return transpose(mat4x4f(
    a_four(at, k), a_four(at + step, k), a_four(at + 2u * step, k), a_four(at + 3u * step, k),
  ));
}

fn a_four(at: u32, k: u32) -> vec4f {
  let inside = k + vec4u(0u, 1u, 2u, 3u) < vec4u(params.k);
  return select(vec4f(0.0), vec4f(a[at], a[at + 1u], a[at + 2u], a[at + 3u]), inside);
}
