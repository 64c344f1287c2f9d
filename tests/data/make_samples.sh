#!/bin/sh
# Makes tests/data/samples anew (needs Go 1.19 or later). The program runs from a neutral folder: the path of the binary
# is part of every profile, and should tell nothing about the machine.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=${SHOPDEMO_HOME:-/opt/demo}
# Must be new: it is removed at the end.
mkdir "$home" || { echo "make_samples.sh: cannot make $home; name another new folder in SHOPDEMO_HOME" >&2; exit 1; }
trap 'rm -rf "$home"' EXIT
(cd "$here/program" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$home/shopdemo" .)
mkdir "$home/out"
(cd "$home" && env -i PATH=/usr/bin:/bin ./shopdemo -out out)
(cd "$home" && env -i PATH=/usr/bin:/bin ./shopdemo -trace out/trace.out.gz)
mkdir -p "$here/samples"
cp "$home"/out/*.gz "$here/samples/"
ls -l "$here/samples"
