// The output is stored as i32.
alias Target = i32;
alias Target4 = vec4<i32>;
