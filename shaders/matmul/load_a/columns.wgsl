// A stored transposed [k, m], any m: four loads bring four rows.
alias AElement = StoredA;
const A_ROWS = 4u; // rows a load brings

// Where A[row, k] lies, in elements of the buffer.
fn a_at(offset: u32, row: u32, k: u32) -> u32 { return offset + k * params.a_k + row; }

fn a_four(at: u32) -> vec4f { return vec4f(StoredA4(a[at], a[at + 1u], a[at + 2u], a[at + 3u])); }

// The four A[row + i, k].
fn a_rows(offset: u32, row: u32, k: u32) -> vec4f { return a_four(a_at(offset, row, k)); }

// block[j][i] = A[row + i, k + j].
fn a_block(at: u32) -> mat4x4f {
  let step = params.a_k;
  return mat4x4f(a_four(at), a_four(at + step), a_four(at + 2u * step), a_four(at + 3u * step));
}
