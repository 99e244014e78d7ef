// Results are i32, whatever the type of the elements.
alias Result = i32;
alias Result4 = vec4<i32>;
