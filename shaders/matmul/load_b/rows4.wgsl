// B stored [k, n], n a multiple of 4: one load brings four columns.
alias BElement = StoredB4;
const B_COLUMNS = 4u; // columns a load brings

// Where B[k, column] lies, in vec4s of the buffer.
fn b_at(offset: u32, column: u32, k: u32) -> u32 { return (offset + k * params.b_k + column) / 4u; }

fn b_four(at: u32) -> vec4f { return vec4f(b[at]); }

// The four B[k, column + i].
fn b_columns(offset: u32, column: u32, k: u32) -> vec4f { return b_four(b_at(offset, column, k)); }

// block[j][i] = B[k + j, column + i].
fn b_block(at: u32) -> mat4x4f {
  let step = params.b_k / 4u;
  return mat4x4f(b_four(at), b_four(at + step), b_four(at + 2u * step), b_four(at + 3u * step));
}
