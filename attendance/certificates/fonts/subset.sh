#!/bin/sh
# Makes the small fonts of the papers from the Debian package fonts-noto-core.
# Usage: subset.sh [folder of the full fonts]; needs pyftsubset (fonttools) on the path.
# Kept: Latin with Extended-A/B and Additional, combining marks, Greek, Cyrillic, punctuation.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
full=${1:-/usr/share/fonts/truetype/noto}
ranges=U+0020-007E,U+00A0-024F,U+0259,U+02B9-02BC,U+02C6-02DD,U+0300-0338,U+0370-03FF,U+0400-045F,U+0490-0491
ranges=$ranges,U+1E00-1EFF,U+2010-2027,U+202F-203A,U+2044,U+20AC,U+2116,U+2122,U+2212,U+2260,U+2264-2265
for face in NotoSans-Regular NotoSans-Bold NotoSerif-Regular; do
  pyftsubset "$full/$face.ttf" --output-file="$here/$face.ttf" --unicodes="$ranges" --no-hinting \
    --desubroutinize --layout-features=ccmp,locl,kern,mark,mkmk,liga,lnum,tnum \
    --name-IDs='0,1,2,3,4,5,6,13,14' --notdef-outline
done
