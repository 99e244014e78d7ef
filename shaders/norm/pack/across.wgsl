// Four neighbouring channels at a time: planes of one element, rows whose length 4 divides (layer norm).
alias Pack = vec4f;
alias PerChannel = vec4f;   // γ and β of a pack
alias StoredPack = Stored4; // a pack as the buffer stores it
const PACK = 4u;     // elements of a pack
const CHANNELS = 4u; // channels that the elements of a pack belong to

fn total(v: Pack) -> f32 { return (v.x + v.y) + (v.z + v.w); }
fn nth(v: Pack, k: u32) -> f32 { return v[k]; }
fn of_channel(v: Pack, k: u32) -> f32 { return v[k]; }
