// What is made of the elements is i32, whatever they are.
alias Result = i32;
alias Result4 = vec4<i32>;
