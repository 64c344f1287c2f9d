// Shopdemo is the program behind tests/data/samples: a pretended web shop, small, but with everything that Go's profiles
// can show: several packages, inlined calls, methods on pointers, closures, generics, recursion, labels, memory that
// stays, contended locks, goroutines that wait in different ways.
//
//	go run . -out FOLDER    writes one profile of each kind
//	go run . -trace FILE    writes an execution trace of one second, gzipped
package main

import (
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"runtime/trace"
	"strconv"
	"sync"
	"time"

	"example.org/shopdemo/catalog"
	"example.org/shopdemo/pricing"
	"example.org/shopdemo/warehouse"
)

type shop struct {
	products *catalog.Catalog
	stock    *warehouse.Store
	rules    []pricing.Rule
}

func main() {
	out := flag.String("out", ".", "folder for the profiles")
	seconds := flag.Int("seconds", 4, "how long the load runs")
	workers := flag.Int("workers", 4, "customers at a time")
	traceFile := flag.String("trace", "", "file for an execution trace, instead of profiles")
	flag.Parse()
	if *traceFile != "" {
		writeTrace(*traceFile, *workers)
		return
	}
	runtime.MemProfileRate = 16 << 10
	runtime.SetBlockProfileRate(10000)
	runtime.SetMutexProfileFraction(5)

	s := &shop{products: catalog.New(2000), stock: warehouse.New(2000), rules: pricing.Rules()}
	cpu := create(*out, "cpu.pb.gz")
	check(pprof.StartCPUProfile(cpu))
	release := s.holdVisitors()
	s.serve(*workers, time.Duration(*seconds)*time.Second)
	pprof.StopCPUProfile()
	check(cpu.Close())

	runtime.GC()
	for _, name := range []string{"heap", "allocs", "goroutine", "block", "mutex", "threadcreate"} {
		file := create(*out, name+".pb.gz")
		check(pprof.Lookup(name).WriteTo(file, 0))
		check(file.Close())
	}
	release()
	fmt.Println("sold", s.stock.Sold())
}

// writeTrace traces a shop that has been open for a while.
func writeTrace(name string, workers int) {
	s := &shop{products: catalog.New(2000), stock: warehouse.New(2000), rules: pricing.Rules()}
	release := s.holdVisitors()
	s.serve(workers, 300*time.Millisecond)
	file, err := os.Create(name)
	check(err)
	packed, err := gzip.NewWriterLevel(file, gzip.BestCompression)
	check(err)
	check(trace.Start(packed))
	s.serve(workers, time.Second)
	trace.Stop()
	check(packed.Close())
	check(file.Close())
	release()
}

// serve lets customers shop until the time is over.
func (s *shop) serve(workers int, long time.Duration) {
	end := time.Now().Add(long)
	var customers sync.WaitGroup
	for w := 0; w < workers; w++ {
		customers.Add(1)
		labels := pprof.Labels("worker", strconv.Itoa(w), "tenant", []string{"north", "south"}[w%2])
		go pprof.Do(context.Background(), labels, func(ctx context.Context) {
			defer customers.Done()
			for order := w; time.Now().Before(end); order += workers {
				s.order(ctx, order)
			}
		})
	}
	customers.Wait()
}

func (s *shop) order(ctx context.Context, number int) {
	page := "checkout"
	if number%3 == 0 {
		page = "search"
	}
	ctx, task := trace.NewTask(ctx, page)
	defer task.End()
	pprof.Do(ctx, pprof.Labels("page", page), func(ctx context.Context) {
		region := trace.StartRegion(ctx, "search")
		found := s.products.Search(words[number%len(words)], 20)
		region.End()
		region = trace.StartRegion(ctx, "price")
		total := pricing.Total(found, s.rules, catalog.Price)
		region.End()
		if page == "checkout" && total > 0 {
			trace.Logf(ctx, "order", "%d products, total %v", len(found), total)
			region = trace.StartRegion(ctx, "reserve")
			s.stock.Reserve(found, number)
			region.End()
		}
	})
}

var words = []string{"apple", "lamp", "green chair", "table", "small blue", "radio", "rope"}

// holdVisitors parks goroutines in the ways in which goroutines wait, for the goroutine profile.
func (s *shop) holdVisitors() (release func()) {
	open := make(chan struct{})
	var locked sync.Mutex
	locked.Lock()
	for i := 0; i < 12; i++ {
		go waitForDoor(open)
	}
	for i := 0; i < 3; i++ {
		go waitForLock(&locked)
	}
	go waitForEither(open, make(chan int))
	return func() {
		close(open)
		locked.Unlock()
	}
}

func waitForDoor(open <-chan struct{}) { <-open }

func waitForLock(lock *sync.Mutex) {
	lock.Lock()
	lock.Unlock() //nolint:staticcheck // held for nothing on purpose
}

func waitForEither(open <-chan struct{}, never <-chan int) {
	select {
	case <-open:
	case <-never:
	}
}

func create(folder, name string) *os.File {
	file, err := os.Create(filepath.Join(folder, name))
	check(err)
	return file
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "shopdemo:", err)
		os.Exit(1)
	}
}
