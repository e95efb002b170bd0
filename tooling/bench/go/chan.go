package main

import (
	"context"
	"fmt"
	"math/rand"
	"runtime"
	"sync"
)

const many = 4

func addChan(all map[string]program) {
	add := func(name string, capacity int, run func(capacity, messages int)) {
		all[fmt.Sprintf("chan %s %d", name, capacity)] = program{timed: func(count int) { run(capacity, count) }}
	}
	for _, capacity := range []int{0, 1, 128} {
		if capacity > 0 {
			add("seq", capacity, seq)
		}
		add("spsc", capacity, flow(1, 1))
		add("mpsc", capacity, flow(many, 1))
		add("mpmc", capacity, flow(many, many))
		if capacity != 1 {
			add("select_rx", capacity, selectRx)
			add("select_both", capacity, selectBoth)
		}
	}
	add("ping_pong", 0, pingPong)
	add("try", 128, tries)
	all["chan select_ready"] = program{sampled: ready(readySelect)}
	all["chan recv_ready"] = program{sampled: ready(readyRecv)}
	all["chan cancel 1000"] = program{sampled: cancelling(1_000)}
	all["chan cancel 100000"] = program{sampled: cancelling(100_000)}
	all["chan parked"] = program{sampled: parkedBytes}
}

// One task that fills the channel and drains it.
func seq(capacity, messages int) {
	ch := make(chan int, capacity)
	for i := 0; i < messages; i += capacity {
		for n := 0; n < capacity; n++ {
			ch <- n
		}
		for n := 0; n < capacity; n++ {
			<-ch
		}
	}
}

// Some send, some receive, all by one channel.
func flow(producers, consumers int) func(capacity, messages int) {
	return func(capacity, messages int) {
		ch := make(chan int, capacity)
		var tasks sync.WaitGroup
		together(&tasks, producers, func(int) {
			for i := 0; i < messages/producers; i++ {
				ch <- i
			}
		})
		together(&tasks, consumers, func(int) {
			for i := 0; i < messages/consumers; i++ {
				<-ch
			}
		})
		tasks.Wait()
	}
}

// Some send to a channel each, one receives from whichever is ready.
func selectRx(capacity, messages int) {
	channels := makeChannels(capacity)
	var tasks sync.WaitGroup
	together(&tasks, many, func(at int) {
		for i := 0; i < messages/many; i++ {
			channels[at] <- i
		}
	})
	together(&tasks, 1, func(int) {
		for i := 0; i < messages; i++ {
			selectRecv(&channels)
		}
	})
	tasks.Wait()
}

// Some send to whichever channel is ready, some receive from whichever is ready.
func selectBoth(capacity, messages int) {
	channels := makeChannels(capacity)
	var tasks sync.WaitGroup
	together(&tasks, many, func(int) {
		for i := 0; i < messages/many; i++ {
			select {
			case channels[0] <- i:
			case channels[1] <- i:
			case channels[2] <- i:
			case channels[3] <- i:
			}
		}
	})
	together(&tasks, many, func(int) {
		for i := 0; i < messages/many; i++ {
			selectRecv(&channels)
		}
	})
	tasks.Wait()
}

// Two tasks, of which one answers the other.
func pingPong(capacity, messages int) {
	ping, pong := make(chan int, capacity), make(chan int, capacity)
	var tasks sync.WaitGroup
	together(&tasks, 1, func(int) {
		for i := 0; i < messages/2; i++ {
			ping <- i
			<-pong
		}
	})
	together(&tasks, 1, func(int) {
		for i := 0; i < messages/2; i++ {
			<-ping
			pong <- i
		}
	})
	tasks.Wait()
}

func makeChannels(capacity int) (channels [many]chan int) {
	for i := range channels {
		channels[i] = make(chan int, capacity)
	}
	return channels
}

func selectRecv(channels *[many]chan int) {
	select {
	case <-channels[0]:
	case <-channels[1]:
	case <-channels[2]:
	case <-channels[3]:
	}
}

func together(tasks *sync.WaitGroup, n int, run func(at int)) {
	tasks.Add(n)
	for at := 0; at < n; at++ {
		go func(at int) {
			defer tasks.Done()
			run(at)
		}(at)
	}
}

// As flow, but by what does not wait, as long as it succeeds.
func tries(capacity, messages int) {
	ch := make(chan int, capacity)
	var tasks sync.WaitGroup
	together(&tasks, 1, func(int) {
		for i := 0; i < messages; i++ {
			select {
			case ch <- i:
			default:
				ch <- i
			}
		}
	})
	together(&tasks, 1, func(int) {
		for i := 0; i < messages; i++ {
			select {
			case <-ch:
			default:
				<-ch
			}
		}
	})
	tasks.Wait()
}

const readyCapacity = 512

// What a receive, and a select of two, cost when there is something to receive: nanoseconds. Filling is not timed.
func ready(takeFrom func(a, b chan int)) func(messages int) float64 {
	return func(messages int) float64 {
		time := 0.0
		for taken := 0; taken < messages; taken += readyCapacity {
			a, b := make(chan int, readyCapacity), make(chan int, readyCapacity)
			for i := 0; i < readyCapacity; i++ {
				a <- i
				b <- i
			}
			start := processorTime()
			for i := 0; i < readyCapacity; i++ {
				takeFrom(a, b)
			}
			time += processorTime() - start
		}
		return time / float64(messages)
	}
}

func readySelect(a, b chan int) {
	select {
	case <-a:
	case <-b:
	}
}

func readyRecv(a, _ chan int) {
	<-a
}

// Nanoseconds to cancel one of so many that wait, in random order, until all have been told.
func cancelling(waiters int) func(int) float64 {
	return func(int) float64 {
		ch := make(chan int)
		cancels := make([]context.CancelFunc, waiters)
		var waiting, tasks sync.WaitGroup
		waiting.Add(waiters)
		tasks.Add(waiters)
		for i := range cancels {
			ctx, cancel := context.WithCancel(context.Background())
			cancels[i] = cancel
			go func() {
				defer tasks.Done()
				waiting.Done()
				select {
				case <-ch:
				case <-ctx.Done():
				}
			}()
		}
		waiting.Wait()
		runtime.Gosched()
		rand.Shuffle(waiters, func(i, j int) { cancels[i], cancels[j] = cancels[j], cancels[i] })
		start := processorTime()
		for _, cancel := range cancels {
			cancel()
		}
		tasks.Wait()
		return (processorTime() - start) / float64(waiters)
	}
}

// Bytes that a goroutine holds that waits to receive, its stack included.
func parkedBytes(count int) float64 {
	count /= 10
	ch := make(chan int)
	return bytesOfGoroutines(count, func() { <-ch }, func() { close(ch) })
}
