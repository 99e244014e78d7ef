// The input is stored as u32.
alias Source = u32;
alias Source4 = vec4<u32>;
