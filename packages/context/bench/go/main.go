// Prints the nanoseconds that it takes Go to create a child context and cancel it: the median of some rounds.
package main

import (
	"context"
	"fmt"
	"sort"
	"time"
)

func main() {
	const rounds, times = 21, 200_000
	parent, cancel := context.WithCancel(context.Background())
	defer cancel()
	var measured []float64
	for round := 0; round < rounds; round++ {
		start := time.Now()
		for i := 0; i < times; i++ {
			_, cancel := context.WithCancel(parent)
			cancel()
		}
		measured = append(measured, float64(time.Since(start).Nanoseconds())/times)
	}
	sort.Float64s(measured)
	fmt.Println(measured[rounds/2])
}
