// Package warehouse counts what is left, behind one lock that everybody wants.
package warehouse

import (
	"fmt"
	"hash/crc32"
	"sync"

	"example.org/shopdemo/catalog"
)

type Store struct {
	mu       sync.Mutex
	left     []int
	sold     int
	receipts []*receipt
}

type receipt struct {
	order int
	text  []byte
	sum   uint32
}

func New(products int) *Store {
	s := &Store{left: make([]int, products)}
	for i := range s.left {
		s.left[i] = 1 << 30
	}
	return s
}

// Reserve writes the receipt inside the lock: the fault that the mutex profile is there to show.
func (s *Store) Reserve(products []*catalog.Product, order int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range products {
		s.take(p.ID)
	}
	s.keep(newReceipt(products, order))
}

func (s *Store) take(id int) {
	s.left[id]--
	s.sold++
}

// keep forgets the oldest receipts, so that the heap profile has a size that stays.
func (s *Store) keep(r *receipt) {
	const most = 400
	s.receipts = append(s.receipts, r)
	if len(s.receipts) > 2*most {
		s.receipts = append([]*receipt(nil), s.receipts[most:]...)
	}
}

func newReceipt(products []*catalog.Product, order int) *receipt {
	r := &receipt{order: order, text: make([]byte, 0, 4096)}
	for _, p := range products {
		r.text = append(r.text, fmt.Sprintf("%6d %-40s %8d\n", p.ID, p.Title, p.Cents)...)
	}
	r.sum = crc32.ChecksumIEEE(r.text)
	return r
}

func (s *Store) Sold() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sold
}
