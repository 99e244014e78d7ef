// B stored [k, n], any n: four loads bring four columns.
alias BElement = StoredB;
const B_COLUMNS = 4u; // columns a load brings

// Where B[k, column] lies, in elements of the buffer.
fn b_at(offset: u32, column: u32, k: u32) -> u32 { return offset + k * params.b_k + column; }

fn b_four(at: u32) -> vec4f { return vec4f(StoredB4(b[at], b[at + 1u], b[at + 2u], b[at + 3u])); }

// The four B[k, column + i].
fn b_columns(offset: u32, column: u32, k: u32) -> vec4f { return b_four(b_at(offset, column, k)); }

// block[j][i] = B[k + j, column + i].
fn b_block(at: u32) -> mat4x4f {
  let step = params.b_k;
  return mat4x4f(b_four(at), b_four(at + step), b_four(at + 2u * step), b_four(at + 3u * step));
}
