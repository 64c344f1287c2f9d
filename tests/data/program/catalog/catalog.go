// Package catalog holds the products and finds them by words.
package catalog

import (
	"fmt"
	"sort"
	"strings"
)

type Product struct {
	ID    int
	Title string
	Cents int64
	Parts []*Product
}

type Catalog struct {
	products []*Product
	index    map[string][]*Product
}

var colours = []string{"red", "green", "blue", "black"}
var things = []string{"apple", "lamp", "chair", "table", "radio", "rope", "bicycle"}
var sizes = []string{"small", "large", "tiny"}

func New(count int) *Catalog {
	c := &Catalog{index: make(map[string][]*Product)}
	for id := 0; id < count; id++ {
		title := fmt.Sprintf("%s %s %s %d", sizes[id%3], colours[id%4], things[id%7], id)
		p := &Product{ID: id, Title: title, Cents: int64(100 + id*37%9000)}
		if id > 10 {
			p.Parts = []*Product{c.products[id/2], c.products[id/3]}
		}
		c.products = append(c.products, p)
		c.addToIndex(p)
	}
	return c
}

func (c *Catalog) addToIndex(p *Product) {
	for _, word := range split(p.Title) {
		c.index[word] = append(c.index[word], p)
	}
}

// split is small enough to be inlined into both of its callers.
func split(text string) []string { return strings.Fields(strings.ToLower(text)) }

type hit struct {
	product *Product
	score   int
}

func (c *Catalog) Search(query string, limit int) []*Product {
	scores := make(map[*Product]int)
	for _, word := range split(query) {
		for _, p := range c.index[word] {
			scores[p] += score(p, word)
		}
	}
	hits := make([]hit, 0, len(scores))
	for p, points := range scores {
		hits = append(hits, hit{p, points})
	}
	sort.Slice(hits, func(a, b int) bool { return better(hits[a], hits[b]) })
	found := make([]*Product, 0, limit)
	for i := 0; i < len(hits) && i < limit; i++ {
		found = append(found, hits[i].product)
	}
	return found
}

func score(p *Product, word string) int { return 100 - strings.Index(p.Title, word) }

func better(a, b hit) bool {
	if a.score != b.score {
		return a.score > b.score
	}
	return a.product.ID < b.product.ID
}

// Price is the product's own price and a share of its parts', all the way down.
func Price(p *Product) int64 { return price(p, 0) }

func price(p *Product, depth int) int64 {
	cents := p.Cents
	if depth > 6 {
		return cents
	}
	for _, part := range p.Parts {
		cents += price(part, depth+1) / 10
	}
	return cents
}
