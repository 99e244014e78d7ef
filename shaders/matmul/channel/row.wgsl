// Channels of the epilogue are the rows of C: a convolution of single pixels as weight · x.
fn channel_of(row: u32, column: u32) -> u32 { return row; }
