// A stored [m, k], any k: four loads bring four values of k.
alias AElement = StoredA;
const A_ROWS = 1u; // rows a load brings

// Where A[row, k] lies, in elements of the buffer.
fn a_at(offset: u32, row: u32, k: u32) -> u32 { return offset + row * params.a_row + k; }

fn a_four(at: u32) -> vec4f { return vec4f(StoredA4(a[at], a[at + 1u], a[at + 2u], a[at + 3u])); }

// The four A[row + i, k].
fn a_rows(offset: u32, row: u32, k: u32) -> vec4f {
  let at = a_at(offset, row, k);
  let step = params.a_row;
  return vec4f(StoredA4(a[at], a[at + step], a[at + 2u * step], a[at + 3u * step]));
}

// block[j][i] = A[row + i, k + j].
fn a_block(at: u32) -> mat4x4f {
  let step = params.a_row;
  return transpose(
    mat4x4f(a_four(at), a_four(at + step), a_four(at + 2u * step), a_four(at + 3u * step)),
  );
}
