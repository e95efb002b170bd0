//go:build unix

package main

import "syscall"

// Nanoseconds of processor time that this process has used.
func processorTime() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		fail("getrusage: %v", err)
	}
	return float64(usage.Utime.Nano() + usage.Stime.Nano())
}
