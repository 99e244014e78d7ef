// B stored transposed [n, k], any k.
alias BElement = f32;

// block[j][i] = B[k + j, column + i], 0 where k + j is past the end. Columns past the end hold whatever WebGPU reads there:
// they only reach columns of C that are never stored.
fn b_block(offset: u32, column: u32, k: u32) -> mat4x4f {
  let at = offset + column * params.b_column + k;
  let step = params.b_column;
  return transpose(mat4x4f(
    b_four(at, k), b_four(at + step, k), b_four(at + 2u * step, k), b_four(at + 3u * step, k),
  ));
}

fn b_four(at: u32, k: u32) -> vec4f {
  let inside = k + vec4u(0u, 1u, 2u, 3u) < vec4u(params.k);
  return select(vec4f(0.0), vec4f(b[at], b[at + 1u], b[at + 2u], b[at + 3u]), inside);
}
