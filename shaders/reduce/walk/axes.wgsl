// The reduced elements lie along several axes: coordinates are computed from the index.
alias Pack = Element;
const PACK = 1u;
fn start() -> Pack { return identity(); }
fn each(a: Pack, b: Pack) -> Pack { return combine(a, b); }
fn fold(v: Pack) -> Element { return v; }

fn reduced_offset(index: u32) -> u32 {
  var rest = index;
  var offset = 0u;
  for (var k = 0u; k + 1u < params.reduced_rank; k++) {
    offset += (rest % params.reduced[k].size) * params.reduced[k].strides.x;
    rest /= params.reduced[k].size;
  }
  return offset + rest * params.reduced[params.reduced_rank - 1u].strides.x;
}
