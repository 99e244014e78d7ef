// A stored [m, k], k a multiple of 4: one load brings four values of k.
alias AElement = StoredA4;
const A_ROWS = 1u; // rows a load brings

// Where A[row, k] lies, in vec4s of the buffer.
fn a_at(offset: u32, row: u32, k: u32) -> u32 { return (offset + row * params.a_row + k) / 4u; }

fn a_four(at: u32) -> vec4f { return vec4f(a[at]); }

// The four A[row + i, k].
fn a_rows(offset: u32, row: u32, k: u32) -> vec4f {
  let at = a_at(offset, row, k);
  let step = params.a_row / 4u;
  let i = k % 4u;
  return vec4f(StoredA4(a[at][i], a[at + step][i], a[at + 2u * step][i], a[at + 3u * step][i]));
}

// block[j][i] = A[row + i, k + j].
fn a_block(at: u32) -> mat4x4f {
  let step = params.a_row / 4u;
  return transpose(
    mat4x4f(a_four(at), a_four(at + step), a_four(at + 2u * step), a_four(at + 3u * step)),
  );
}
