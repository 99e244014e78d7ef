// γ and β of a pack of elements.
struct Affine { scale: Pack, shift: Pack }

// Overrides, because software adapters pay for every value that may vary from element to element:
override INSIDE: bool = true;      // γ may vary along a row of the norm, as anywhere but in batch norm
override STATS_VARY: bool = true; // along what a lane walks: where it walks down channels

// γ and β where they lie for a pack: of one channel, or of its four.
fn affine_of(channel: u32) -> Affine { return Affine(Pack(gamma_at(channel)), Pack(beta_at(channel))); }
