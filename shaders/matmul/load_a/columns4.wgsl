// A stored transposed [k, m], m a multiple of 4: one load brings four rows.
alias AElement = StoredA4;
const A_ROWS = 4u; // rows a load brings

// Where A[row, k] lies, in vec4s of the buffer.
fn a_at(offset: u32, row: u32, k: u32) -> u32 { return (offset + k * params.a_k + row) / 4u; }

fn a_four(at: u32) -> vec4f { return vec4f(a[at]); }

// The four A[row + i, k].
fn a_rows(offset: u32, row: u32, k: u32) -> vec4f { return a_four(a_at(offset, row, k)); }

// block[j][i] = A[row + i, k + j].
fn a_block(at: u32) -> mat4x4f {
  let step = params.a_k / 4u;
  return mat4x4f(a_four(at), a_four(at + step), a_four(at + 2u * step), a_four(at + 3u * step));
}
