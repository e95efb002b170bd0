package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

func addContext(all map[string]program) {
	all["context child"] = program{timed: child}
	all["context timeout"] = program{timed: timeout}
	for _, size := range []int{1_000, 10_000, 100_000, 1_000_000} {
		all[fmt.Sprintf("context tree %d", size)] = program{sampled: tree(size)}
	}
	for _, depth := range []int{0, 1, 10, 100, 1_000} {
		all[fmt.Sprintf("context value %d", depth)] = program{timed: value(depth)}
	}
	all["context living"] = program{sampled: living}
}

func child(count int) {
	parent, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := 0; i < count; i++ {
		_, cancel := context.WithCancel(parent)
		cancel()
	}
}

func timeout(count int) {
	parent, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := 0; i < count; i++ {
		_, cancel := context.WithTimeout(parent, 10*time.Second)
		cancel()
	}
}

// Nanoseconds a context to cancel a tree of contexts, four below each; making it is not timed.
func tree(size int) func(int) float64 {
	return func(int) float64 {
		all := make([]context.Context, size)
		root, cancel := context.WithCancel(context.Background())
		all[0] = root
		cancels := make([]context.CancelFunc, size)
		for i := 1; i < size; i++ {
			all[i], cancels[i] = context.WithCancel(all[(i-1)>>2])
		}
		start := processorTime()
		cancel()
		time := (processorTime() - start) / float64(size)
		runtime.KeepAlive(cancels)
		return time
	}
}

type key int

// Looks a value up, with so many contexts between: cancel contexts and values of other keys in turn.
func value(depth int) func(count int) {
	ctx := context.WithValue(context.Background(), key(-1), 1)
	for i := 0; i < depth; i++ {
		if i%2 == 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithCancel(ctx)
			_ = cancel
		} else {
			ctx = context.WithValue(ctx, key(i), i)
		}
	}
	return func(count int) {
		sum := 0
		for i := 0; i < count; i++ {
			sum += ctx.Value(key(-1)).(int)
		}
		if sum != count {
			fail("expected %d, got %d", count, sum)
		}
	}
}

// Bytes that a living child holds.
func living(count int) float64 {
	parent, cancel := context.WithCancel(context.Background())
	defer cancel()
	children := make([]context.Context, count)
	cancels := make([]context.CancelFunc, count)
	before := memoryInUse()
	for i := range children {
		children[i], cancels[i] = context.WithCancel(parent)
	}
	bytes := (memoryInUse() - before) / float64(count)
	runtime.KeepAlive(children)
	runtime.KeepAlive(cancels)
	return bytes
}
