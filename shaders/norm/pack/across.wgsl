// Four neighbouring channels at a time: planes of one element, rows whose length 4 divides (layer norm).
alias Pack = vec4f;
alias PerChannel = vec4f;   // γ and β of a pack
alias StoredPack = Stored4; // the same in memory
const PACK = 4u;     // elements
const CHANNELS = 4u; // channels they belong to

fn total(v: Pack) -> f32 { return (v.x + v.y) + (v.z + v.w); }
fn nth(v: Pack, k: u32) -> f32 { return v[k]; }
fn of_channel(v: Pack, k: u32) -> f32 { return v[k]; }
