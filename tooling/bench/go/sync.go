package main

import (
	"runtime"
	"sync"
	"time"
)

const contenders = 100

func addSync(all map[string]program) {
	all["sync uncontended"] = program{timed: uncontended}
	all["sync contended"] = program{timed: contended}
	all["sync read"] = program{timed: reads}
	all["sync semaphore"] = program{timed: semaphore}
	all["sync ten_of_100"] = program{timed: limited}
	all["sync wait_group"] = program{timed: groups}
	all["sync burst"] = program{timed: burst}
	all["sync parked"] = program{sampled: parkedLocks}
	all["sync start"] = program{sampled: start}
	all["sync start_memory"] = program{sampled: startMemory}
	all["sync message"] = program{sampled: message}
}

// One task locks and unlocks.
func uncontended(count int) {
	var mu sync.Mutex
	for i := 0; i < count; i++ {
		mu.Lock()
		mu.Unlock()
	}
}

func reads(count int) {
	var mu sync.RWMutex
	for i := 0; i < count; i++ {
		mu.RLock()
		mu.RUnlock()
	}
}

func semaphore(count int) {
	permits := make(chan struct{}, 1)
	for i := 0; i < count; i++ {
		permits <- struct{}{}
		<-permits
	}
}

// A hundred tasks lock, give up their turn with the lock held, and unlock.
func contended(count int) {
	var mu sync.Mutex
	contend(count, mu.Lock, mu.Unlock)
}

// The same by a semaphore that lets ten in at a time.
func limited(count int) {
	permits := make(chan struct{}, 10)
	contend(count, func() { permits <- struct{}{} }, func() { <-permits })
}

func contend(count int, acquire, release func()) {
	var tasks sync.WaitGroup
	together(&tasks, contenders, func(int) {
		for i := 0; i < count/contenders; i++ {
			acquire()
			runtime.Gosched()
			release()
		}
	})
	tasks.Wait()
}

// Rounds of a hundred that are added, done and waited for.
func groups(count int) {
	var wg sync.WaitGroup
	for i := 0; i < count; i += contenders {
		wg.Add(contenders)
		for task := 0; task < contenders; task++ {
			wg.Done()
		}
		wg.Wait()
	}
}

// So many come at once, and are served one after the other.
func burst(count int) {
	var mu sync.Mutex
	var started, tasks sync.WaitGroup
	mu.Lock()
	started.Add(count)
	together(&tasks, count, func(int) {
		started.Done()
		mu.Lock()
		mu.Unlock()
	})
	started.Wait()
	mu.Unlock()
	tasks.Wait()
}

// Bytes that a goroutine holds that waits for a lock, its stack included.
func parkedLocks(count int) float64 {
	var mu sync.Mutex
	mu.Lock()
	return bytesOfGoroutines(count, func() {
		mu.Lock()
		mu.Unlock()
	}, mu.Unlock)
}

// Microseconds on the wall to start one of so many goroutines, which then wait.
func start(count int) float64 {
	var gate sync.Mutex
	gate.Lock()
	var started, tasks sync.WaitGroup
	started.Add(count)
	begin := time.Now()
	together(&tasks, count, func(int) {
		started.Done()
		gate.Lock()
		gate.Unlock()
	})
	started.Wait()
	us := float64(time.Since(begin).Nanoseconds()) / 1e3 / float64(count)
	gate.Unlock()
	tasks.Wait()
	return us
}

func startMemory(count int) float64 {
	return parkedLocks(count) / 1024
}

// Microseconds on the wall of a message one way, between two that answer each other.
func message(count int) float64 {
	here, there := make(chan struct{}, 1), make(chan struct{}, 1)
	var tasks sync.WaitGroup
	begin := time.Now()
	together(&tasks, 1, func(int) {
		for i := 0; i < count; i += 2 {
			<-there
			here <- struct{}{}
		}
	})
	for i := 0; i < count; i += 2 {
		there <- struct{}{}
		<-here
	}
	tasks.Wait()
	return float64(time.Since(begin).Nanoseconds()) / 1e3 / float64(count)
}
