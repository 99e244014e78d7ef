// Four elements at a time, for counts that 4 divides.
alias From = Source4;
alias To = Target4;
