// The programs of the bench in Go, for one processor: GOMAXPROCS=1.
//
//	bench "chan spsc 0" 16384 15
//
// runs the program of that name with so many operations a round, and prints the figures of so many rounds as JSON: nanoseconds of
// processor time an operation, unless the program gives a figure of its own. "bench list" prints the names.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
)

const warmUps = 2

// A timed program does count operations; a sampled one gives the figure itself.
type program struct {
	timed   func(count int)
	sampled func(count int) float64
}

func programs() map[string]program {
	all := map[string]program{}
	addChan(all)
	addContext(all)
	addSync(all)
	return all
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "list" {
		list()
		return
	}
	if len(os.Args) != 4 {
		fail("expected a program, a count and a number of rounds; got %q", os.Args[1:])
	}
	one, ok := programs()[os.Args[1]]
	if !ok {
		fail("no program %q", os.Args[1])
	}
	count, rounds := number(os.Args[2]), number(os.Args[3])
	figures := []float64{}
	for round := -warmUps; round < rounds; round++ {
		// Nobody pays for the garbage of the round before.
		runtime.GC()
		figure := one.measure(count)
		if round >= 0 {
			figures = append(figures, figure)
		}
	}
	print(figures)
}

// The names of all programs, as JSON.
func list() {
	names := []string{}
	for name := range programs() {
		names = append(names, name)
	}
	sort.Strings(names)
	print(names)
}

func print(value any) {
	if err := json.NewEncoder(os.Stdout).Encode(value); err != nil {
		fail("%v", err)
	}
}

func (p program) measure(count int) float64 {
	if p.sampled != nil {
		return p.sampled(count)
	}
	start := processorTime()
	p.timed(count)
	return (processorTime() - start) / float64(count)
}

func number(argument string) int {
	n, err := strconv.Atoi(argument)
	if err != nil || n < 1 {
		fail("expected a whole number above 0, got %q", argument)
	}
	return n
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", arguments...)
	os.Exit(2)
}
