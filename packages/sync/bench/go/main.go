// Prints the nanoseconds that an uncontended Lock and Unlock take in Go: the median of some rounds.
package main

import (
	"fmt"
	"sort"
	"sync"
	"time"
)

func main() {
	const rounds, times = 21, 2_000_000
	var mu sync.Mutex
	var measured []float64
	for round := 0; round < rounds; round++ {
		start := time.Now()
		for i := 0; i < times; i++ {
			mu.Lock()
			mu.Unlock()
		}
		measured = append(measured, float64(time.Since(start).Nanoseconds())/times)
	}
	sort.Float64s(measured)
	fmt.Println(measured[rounds/2])
}
