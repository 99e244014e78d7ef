// B stored transposed [n, k], k a multiple of 4: one load brings four values of k.
alias BElement = StoredB4;
const B_COLUMNS = 1u; // columns a load brings

// Where B[k, column] lies, in vec4s of the buffer.
fn b_at(offset: u32, column: u32, k: u32) -> u32 { return (offset + column * params.b_column + k) / 4u; }

fn b_four(at: u32) -> vec4f { return vec4f(b[at]); }

// The four B[k, column + i].
fn b_columns(offset: u32, column: u32, k: u32) -> vec4f {
  let at = b_at(offset, column, k);
  let step = params.b_column / 4u;
  let i = k % 4u;
  return vec4f(StoredB4(b[at][i], b[at + step][i], b[at + 2u * step][i], b[at + 3u * step][i]));
}

// block[j][i] = B[k + j, column + i].
fn b_block(at: u32) -> mat4x4f {
  let step = params.b_column / 4u;
  return transpose(
    mat4x4f(b_four(at), b_four(at + step), b_four(at + 2u * step), b_four(at + 3u * step)),
  );
}
