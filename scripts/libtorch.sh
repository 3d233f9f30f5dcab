#!/usr/bin/env bash
# Gets libtorch, which published models run on, into a cache folder, and prints the exports that a build needs:
#
#   eval "$(scripts/libtorch.sh)" && cargo build --release --features libtorch
#
#   --cuda        for NVIDIA GPUs: about 3 GB to fetch instead of 0.2 to 0.8
#   --door NAME   only one way in: `installed` (where LIBTORCH points), `archive` (the project's own, for processors
#                 only), `wheels` (Python's packages); without it the three are tried in this order
#
# The cache is POLSO_LIBTORCH_CACHE, by default the user's own. Only the exports go to stdout. Exit code 2 says that no
# libtorch could be had, with the reason of each door.
set -euo pipefail

# What the crate `tch` is written against; another version has other functions under the same names.
version=2.4.0
archive=https://download.pytorch.org/libtorch/cpu/libtorch-cxx11-abi-shared-with-deps-$version%2Bcpu.zip
archive_sha256=9d16cc0da41e057f20c0be5f26d7418f969e857631cfcb86550ccdecfee8de60

# The Python packages with their hashes. Those of every build first: the package for processors does not exist for this
# version, and the one for GPUs wants two small libraries even where there is none.
wheels_common="
torch==$version --hash=sha256:e743adadd8c8152bb8373543964551a7cb7cc20ba898dc8f9c0cdbe47c283de0
nvidia-cuda-cupti-cu12==12.1.105 --hash=sha256:e54fde3983165c624cb79254ae9818a456eb6e87a7fd4d56a2352c24ee542d7e
nvidia-cuda-runtime-cu12==12.1.105 --hash=sha256:6e258468ddf5796e25f1dc591a31029fa317d97a0a94ed93468fc86301d61e40"
wheels_cuda="
nvidia-cublas-cu12==12.1.3.1 --hash=sha256:ee53ccca76a6fc08fb9701aa95b6ceb242cdaab118c3bb152af4e579af792728
nvidia-cuda-nvrtc-cu12==12.1.105 --hash=sha256:339b385f50c309763ca65456ec75e17bbefcbbf2893f462cb8b90584cd27a1c2
nvidia-cudnn-cu12==9.1.0.70 --hash=sha256:165764f44ef8c61fcdfdfdbe769d687e06374059fbb388b6c89ecb0e28793a6f
nvidia-cufft-cu12==11.0.2.54 --hash=sha256:794e3948a1aa71fd817c3775866943936774d1c14e7628c74f6f7417224cdf56
nvidia-curand-cu12==10.3.2.106 --hash=sha256:9d264c5036dde4e64f1de8c50ae753237c12e0b1348738169cd0f8a536c0e1e0
nvidia-cusolver-cu12==11.4.5.107 --hash=sha256:8a7ec542f0412294b15072fa7dab71d31334014a69f953004ea7a118206fe0dd
nvidia-cusparse-cu12==12.1.0.106 --hash=sha256:f3b50f42cf363f86ab21f720998517a659a48131e8d538dc02f8768237bd884c
nvidia-nccl-cu12==2.20.5 --hash=sha256:057f6bf9685f75215d0c53bf3ac4a10b3e6578351de307abad9e18a99182af56
nvidia-nvjitlink-cu12==12.1.105 --hash=sha256:015fed699b390ce3b8a8578d822d501a4194d0a341d3859554067c1ab291cb85
nvidia-nvtx-cu12==12.1.105 --hash=sha256:dc21cf308ca5691e7c04d962e213f8a4aa9bbfa23d95412f452254c2caeb09e5"

say() { printf '%s\n' "$*" >&2; }
refuse() { say "  $*"; return 1; }

device=cpu doors='installed archive wheels'
while [ $# -gt 0 ]; do
    case $1 in
    --cuda) device=cuda ;;
    --door) doors=${2:?"--door wants installed, archive or wheels"}; shift ;;
    -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) say "unknown option $1, see --help"; exit 2 ;;
    esac
    shift
done
cache=${POLSO_LIBTORCH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/polso}
place=$cache/libtorch-$version-$device
case $doors in *[!a-z\ ]*) doors=none ;; esac

# The version that the headers in a folder are of; they are what a build is made with.
version_of() { sed -n 's/^ *"\([0-9.]*\)"$/\1/p' "$1/include/torch/csrc/api/include/torch/version.h" 2>/dev/null; }

# Whether a folder holds what a build and a run need.
whole() {
    local folder=$1 found
    found=$(version_of "$folder")
    [ -e "$folder/lib/libtorch_cpu.so" ] || refuse "$folder has no lib/libtorch_cpu.so" || return 1
    [ "$found" = "$version" ] || refuse "$folder is libtorch ${found:-of an unknown version}, $version is needed" || return 1
    [ "$device" = cpu ] || [ -e "$folder/lib/libtorch_cuda.so" ] || refuse "$folder is built without CUDA"
}

# How the C++ library passes strings: the archive the new way, the Python packages the old one.
abi_of() {
    if [ -e "$1/abi" ]; then cat "$1/abi"; elif [ -e "$1/../torch/version.py" ]; then echo 0; else echo "${LIBTORCH_CXX11_ABI:-1}"; fi
}

# What is packed is packed for this kind of machine.
fits() { [ "$(uname -sm)" = 'Linux x86_64' ] || refuse "there is none for $(uname -sm), only for Linux on x86_64"; }

from_installed() {
    [ -n "${LIBTORCH:-}" ] || refuse 'LIBTORCH is not set' || return 1
    whole "$LIBTORCH" && place=$LIBTORCH
}

from_archive() {
    fits || return 1
    [ "$device" = cpu ] || refuse 'the archive is for processors, the Python packages are for GPUs' || return 1
    curl --fail --location --silent --show-error --connect-timeout 10 --output "$scratch/libtorch.zip" "$archive" >&2 || return 1
    echo "$archive_sha256  $scratch/libtorch.zip" | sha256sum --check --quiet >&2 || refuse 'the archive is not the one of that hash' || return 1
    python3 -m zipfile -e "$scratch/libtorch.zip" "$scratch" && mv "$scratch/libtorch" "$scratch/whole" && echo 1 >"$scratch/whole/abi"
}

# Lays the packages' headers and libraries out as the archive does: `include`, `lib`.
from_wheels() {
    fits || return 1
    python3 -m pip --version >/dev/null 2>&1 || refuse 'python3 with pip is not here' || return 1
    { echo "$wheels_common"; [ "$device" = cpu ] || echo "$wheels_cuda"; } >"$scratch/wheels.txt"
    python3 -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary=:all: \
        --python-version 3.11 --implementation cp --abi cp311 --platform manylinux1_x86_64 --platform manylinux2014_x86_64 \
        --dest "$scratch/wheels" --requirement "$scratch/wheels.txt" >&2 || return 1
    python3 - "$scratch" "$device" <<'PYTHON'
import pathlib, shutil, sys, zipfile

scratch, device = pathlib.Path(sys.argv[1]), sys.argv[2]
whole = scratch / "whole"
# What only GPUs use; two of these are over a gigabyte.
for_gpus = ("libtorch_cuda", "libc10_cuda", "libcusparseLt", "libcaffe2_nvrtc", "libtorch.so")
for_python = ("libtorch_python", "libshm", "libtorch_global_deps")
for wheel in (scratch / "wheels").glob("*.whl"):
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            path = pathlib.PurePosixPath(name)
            library = path.parent.name == "lib" and ".so" in path.name and not path.name.startswith(for_python)
            if device == "cpu":
                wanted = ("libcupti", "libcudart") if path.parts[0] == "nvidia" else ("lib",)
                library = library and path.name.startswith(wanted) and not path.name.startswith(for_gpus)
            if library:
                target = whole / "lib" / path.name
            elif path.parts[:2] == ("torch", "include"):
                target = whole.joinpath(*path.parts[1:])
            elif path.name.lower() in ("license", "license.txt", "notice"):
                target = whole / "licences" / wheel.name.split("-")[0] / path.name
            else:
                continue
            if name.endswith("/"):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(name) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
# One library refers to the others; without GPUs it would refer to what is not there.
if device == "cpu":
    (whole / "lib" / "libtorch.so").write_text("INPUT(libtorch_cpu.so)\n")
(whole / "abi").write_text("0\n")
PYTHON
}

# What a door brings is looked at before it gets its place, and gets it whole or not at all.
settle() { whole "$scratch/whole" && rm -rf "$place" && mkdir -p "$cache" && mv "$scratch/whole" "$place"; }

scratch=
trap '[ -z "$scratch" ] || rm -rf "$scratch"' EXIT
got=
for door in $doors; do
    say "libtorch $version for $device, door: $door"
    case $door in
    installed) from_installed && got=$place && break ;;
    archive | wheels)
        if [ -e "$place" ] && whole "$place"; then got=$place && break; fi
        mkdir -p "$cache" && scratch=$(mktemp -d "$cache/fetching.XXXXXX")
        if "from_$door" && settle; then got=$place; fi
        rm -rf "$scratch" && scratch=
        [ -z "$got" ] || break
        ;;
    *) say "  there is no such door: installed, archive, wheels"; exit 2 ;;
    esac
done
if [ -z "$got" ]; then
    say "no libtorch $version: set LIBTORCH to a folder with its include/ and lib/, or run this where one of the doors is open"
    exit 2
fi
say "using $got"
printf 'export LIBTORCH=%q\n' "$got"
printf 'export LIBTORCH_CXX11_ABI=%q\n' "$(abi_of "$got")"
printf 'export LD_LIBRARY_PATH=%q${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\n' "$got/lib"
