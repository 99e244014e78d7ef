// The reduced elements lie along one axis: no coordinates to compute.
alias Pack = Element;
const PACK = 1u;
fn start() -> Pack { return identity(); }
fn each(a: Pack, b: Pack) -> Pack { return combine(a, b); }
fn fold(v: Pack) -> Element { return v; }

fn reduced_offset(index: u32) -> u32 { return index * params.reduced[0].strides.x; }
