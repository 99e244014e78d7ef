// The input is stored as f32.
alias Source = f32;
alias Source4 = vec4<f32>;
