module conc/bench

go 1.19
