// The output is stored as u32.
alias Target = u32;
alias Target4 = vec4<u32>;
