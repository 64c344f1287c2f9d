import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels } from '../../../web/src/draw/labels';
import { shortenName, shortNames } from '../../../web/src/draw/short_names';

/** Expected texts follow google/pprof internal/graph/graph_test.go TestShortenFunctionName and shortnames_test.go. */
const SHORTENED: readonly (readonly [string, string])[] = [
  ['root', 'root'],
  ['syscall.Syscall', 'syscall.Syscall'],
  ['net/http.(*conn).serve', 'http.(*conn).serve'],
  ['github.com/blahBlah/foo.Foo', 'foo.Foo'],
  ['github.com/BlahBlah/foo.Foo', 'foo.Foo'],
  ['github.com/BlahBlah/foo.Foo[...]', 'foo.Foo[...]'],
  ['github.com/blah-blah/foo_bar.(*FooBar).Foo', 'foo_bar.(*FooBar).Foo'],
  ['encoding/json.(*structEncoder).(encoding/json.encode)-fm', 'json.(*structEncoder).(encoding/json.encode)-fm'],
  [
    'github.com/blah/blah/vendor/gopkg.in/redis.v3.(*baseClient).(github.com/blah/blah/vendor/gopkg.in/redis.v3.process)-fm',
    'redis.v3.(*baseClient).(github.com/blah/blah/vendor/gopkg.in/redis.v3.process)-fm',
  ],
  ['github.com/foo/bar/v4.(*Foo).Bar', 'bar.(*Foo).Bar'],
  ['github.com/foo/bar/v4/baz.Foo.Bar', 'baz.Foo.Bar'],
  ['github.com/foo/bar/v123.(*Foo).Bar', 'bar.(*Foo).Bar'],
  ['github.com/foobar/v0.(*Foo).Bar', 'v0.(*Foo).Bar'],
  ['github.com/foobar/v1.(*Foo).Bar', 'v1.(*Foo).Bar'],
  ['example.org/v2xyz.Foo', 'v2xyz.Foo'],
  ['github.com/foo/bar/v4.(*Foo).Bar(encoding/json/v5.Baz)', 'bar.(*Foo).Bar(encoding/json/v5.Baz)'],
  ['java.util.concurrent.ThreadPoolExecutor$Worker.run', 'ThreadPoolExecutor$Worker.run'],
  ['java.bar.foo.FooBar.run(java.lang.Runnable)', 'FooBar.run'],
  ['(anonymous namespace)::Bar::Foo', 'Bar::Foo'],
  ['(anonymous namespace)::foo', 'foo'],
  ['cpp::namespace::Class::method(namespace::Class)', 'Class::method'],
  ['foo_bar::Foo::bar', 'Foo::bar'],
  ['cpp::namespace::Class::method<float, long, int>()', 'Class::method<float, long, int>'],
  ['foo', 'foo'],
  ['com/foo/Bar', 'com/foo/Bar'],
];

test('names are shortened by pprof’s rules', () => {
  for (const [name, expected] of SHORTENED) assert.equal(shortenName(name), expected, name);
});

test('then suffixes after each separator', () => {
  assert.deepEqual(shortNames(''), ['']);
  assert.deepEqual(shortNames('foo.bar.'), ['foo.bar.', 'bar.']);
  assert.deepEqual(shortNames('a::b.c::d'), ['a::b.c::d', 'b.c::d', 'c::d', 'd']);
  assert.deepEqual(shortNames('foo::operator()'), ['foo::operator()', 'operator()']);
});

test('a label is the longest that fits, then a cut, then nothing', () => {
  const labels = new Labels((text) => text.length);
  const fit = (room: number): string | undefined => labels.fit(1, 'net/http.(*conn).serve', room);
  assert.deepEqual([30, 18, 17, 5, 4, 3].map(fit), [
    'http.(*conn).serve',
    'http.(*conn).serve',
    '(*conn).serve',
    'serve',
    'ser…',
    undefined,
  ]);
});
