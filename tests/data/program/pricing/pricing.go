// Package pricing adds up prices and takes discounts off.
package pricing

type Rule interface {
	Apply(cents int64, count int) int64
}

type percentOff struct{ percent int64 }
type bulk struct{ from int }
type rounded struct{ step int64 }

func Rules() []Rule { return []Rule{percentOff{3}, bulk{10}, rounded{5}} }

func (r percentOff) Apply(cents int64, _ int) int64 { return cents - cents*r.percent/100 }

func (r bulk) Apply(cents int64, count int) int64 {
	if count >= r.from {
		return cents - cents/20
	}
	return cents
}

func (r rounded) Apply(cents int64, _ int) int64 { return cents / r.step * r.step }

// Total is generic, to have such a function's name in the samples.
func Total[T any](items []T, rules []Rule, price func(T) int64) int64 {
	sum := int64(0)
	for i, item := range items {
		cents := price(item)
		for _, rule := range rules {
			cents = rule.Apply(cents, i)
		}
		sum += cents
	}
	return sum
}
