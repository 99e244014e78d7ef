// The reduced elements are contiguous, read in fours: rows of a length that 4 divides. Lengths and indices count fours.
alias Pack = Element4;
const PACK = 4u;
fn start() -> Pack { return Pack(identity()); }

fn each(a: Pack, b: Pack) -> Pack {
  return Pack(combine(a.x, b.x), combine(a.y, b.y), combine(a.z, b.z), combine(a.w, b.w));
}

fn fold(v: Pack) -> Element { return combine(combine(v.x, v.y), combine(v.z, v.w)); }
fn reduced_offset(index: u32) -> u32 { return index; }
