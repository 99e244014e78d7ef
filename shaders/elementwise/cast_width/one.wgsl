// An element at a time, for any count.
alias From = Stored;
alias To = Target;
