// B stored transposed [n, k], any k: four loads bring four values of k.
alias BElement = StoredB;
const B_COLUMNS = 1u; // columns a load brings

// Where B[k, column] lies, in elements of the buffer.
fn b_at(offset: u32, column: u32, k: u32) -> u32 { return offset + column * params.b_column + k; }

fn b_four(at: u32) -> vec4f { return vec4f(StoredB4(b[at], b[at + 1u], b[at + 2u], b[at + 3u])); }

// The four B[k, column + i].
fn b_columns(offset: u32, column: u32, k: u32) -> vec4f {
  let at = b_at(offset, column, k);
  let step = params.b_column;
  return vec4f(StoredB4(b[at], b[at + step], b[at + 2u * step], b[at + 3u * step]));
}

// block[j][i] = B[k + j, column + i].
fn b_block(at: u32) -> mat4x4f {
  let step = params.b_column;
  return transpose(
    mat4x4f(b_four(at), b_four(at + step), b_four(at + 2u * step), b_four(at + 3u * step)),
  );
}
