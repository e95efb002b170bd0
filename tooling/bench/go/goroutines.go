package main

import (
	"runtime"
	"sync"
)

// Bytes that each of so many goroutines holds that waits in wait, its stack included; release lets them go.
func bytesOfGoroutines(count int, wait, release func()) float64 {
	var started, ended sync.WaitGroup
	started.Add(count)
	ended.Add(count)
	before := memoryInUse()
	for i := 0; i < count; i++ {
		go func() {
			defer ended.Done()
			started.Done()
			wait()
		}()
	}
	started.Wait()
	bytes := (memoryInUse() - before) / float64(count)
	release()
	ended.Wait()
	return bytes
}

func memoryInUse() float64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc) + float64(stats.StackInuse)
}
