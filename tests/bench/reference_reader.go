// Reads execution traces with Go's own reader and keeps nothing: what decode_rate is compared with. Built inside the
// tree of the Go that is there (Go 1.23 or newer), as its reader may be imported from nowhere else:
// scripts/bench_trace.mjs. Prints the number of events and the CPU seconds of the process.
package main

import (
	"bufio"
	"fmt"
	"internal/trace"
	"io"
	"log"
	"os"
	"syscall"
)

func read(name string) (events int, err error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	reader, err := trace.NewReader(bufio.NewReaderSize(file, 1<<20))
	if err != nil {
		return 0, err
	}
	for {
		if _, err = reader.ReadEvent(); err == io.EOF {
			return events, nil
		} else if err != nil {
			return events, err
		}
		events++
	}
}

func main() {
	events, err := read(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	fmt.Printf("{\"events\":%d,\"seconds\":%.3f}\n", events, seconds(usage.Utime)+seconds(usage.Stime))
}
