// The input is stored as i32.
alias Source = i32;
alias Source4 = vec4<i32>;
