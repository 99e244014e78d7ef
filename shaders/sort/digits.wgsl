// The geometry of a pass of the radix sort: four bits a pass, a workgroup a block of 1,024 neighbours of one row.
const WG = 64u;
const ITEMS = 16u;
const BLOCK = 1024u; // WG · ITEMS
const DIGITS = 16u;

fn digit_of(key: u32, shift: u32) -> u32 { return (key >> shift) & (DIGITS - 1u); }
