# shellcheck shell=bash
# What the scripts here share: set-up, build, and the broker and services they start.
# Everything made here lives under .local/ (ignored by git) or in a data folder of one run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit
local_folder=$root/.local
mkdir -p "$local_folder"
started=()      # process ids of what this run started, oldest first
run_folders=()  # what this run leaves nowhere

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "error: $*"
    exit 1
}

# fail_with_log FILE MESSAGE…
fail_with_log() {
    local log=$1
    shift
    say "--- the end of $log"
    tail -n 40 "$log" >&2 || true
    say "---"
    fail "$@"
}

# --- Set-up -------------------------------------------------------------------------------------

# set_up [TOOL…]: everything a fresh Debian 12 with Swift on the PATH lacks; quick when all is there.
set_up() {
    command -v swift >/dev/null \
        || fail "no swift on the PATH; install Swift 6.3 or later from swift.org and try again"
    local words version
    words=$(swift --version 2>&1) || fail "swift does not start: ${words%%$'\n'*}"
    version=$(sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' <<<"$words")
    [[ $(printf '6.2\n%s\n' "$version" | sort -V | head -n 1) == 6.2 ]] \
        || fail "Swift 6.2 or later is needed, this is ${version:-an unknown version}"
    # One run at a time: two that install at once would trip over each other.
    exec {lock}>"$local_folder/set-up.lock"
    flock "$lock"
    install_packages "$@"
    if [[ -z ${CORDON_KAFKA_BOOTSTRAP_SERVERS:-} ]]; then install_broker; fi
    exec {lock}>&-
}

# Prints the Debian packages that are missing, found out by what they bring.
missing_packages() {
    command -v git >/dev/null || echo git
    command -v pkg-config >/dev/null || echo pkg-config
    [[ -e /usr/include/stdlib.h ]] || echo libc6-dev
    compgen -G '/usr/include/c++/*' >/dev/null || echo g++
    [[ -e /usr/include/librdkafka/rdkafka.h ]] || pkg-config --exists rdkafka 2>/dev/null \
        || echo librdkafka-dev
    # A dependency links it; on many machines something else has brought it along.
    [[ -e /usr/include/zlib.h ]] || echo zlib1g-dev
    [[ -e /usr/share/zoneinfo/America/New_York ]] || echo tzdata
    if [[ -z ${CORDON_KAFKA_BOOTSTRAP_SERVERS:-} && ! -x $local_folder/venv/bin/pip ]]; then
        python >/dev/null || echo python3-venv
    fi
    local tool
    for tool in "$@"; do
        # A library with a header, which has no command.
        if [[ $tool == simdjson ]]; then
            [[ -e /usr/include/simdjson.h ]] || echo libsimdjson-dev
            continue
        fi
        command -v "$tool" >/dev/null && continue
        case $tool in
            objcopy) echo binutils ;;
            *) echo "$tool" ;;
        esac
    done
}

install_packages() {
    local missing as_root=()
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then return; fi
    command -v apt-get >/dev/null || fail "please install: ${missing[*]} (named as in Debian)"
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "please install as root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing Debian packages: ${missing[*]}"
    local log=$local_folder/apt.log
    {
        "${as_root[@]}" apt-get update
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends "${missing[@]}"
    } >"$log" 2>&1 </dev/null || fail_with_log "$log" "could not install ${missing[*]}"
}

# Prints a Python that can make a private environment.
python() {
    local candidate
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

install_broker() {
    [[ $(uname -sm) == "Linux x86_64" ]] || fail "the development broker runs on Linux x86_64" \
        "only; set CORDON_KAFKA_BOOTSTRAP_SERVERS to a Kafka of yours"
    local wanted=$root/deploy/broker-requirements.txt venv=$local_folder/venv
    if cmp -s "$wanted" "$venv/installed"; then return; fi
    say "installing the development broker: $(sed -n 's/^\([^#][^ ]*\) .*/\1/p' "$wanted")"
    local log=$local_folder/pip.log
    {
        rm -rf "$venv"
        "$(python)" -m venv "$venv"
        "$venv/bin/pip" install --no-deps --only-binary :all: --require-hashes -r "$wanted"
    } >"$log" 2>&1 || fail_with_log "$log" "could not install the development broker"
    cp "$wanted" "$venv/installed"
}

# --- Build --------------------------------------------------------------------------------------

# build MINUTES ARGUMENT…: swift build, its output in a log, with a line on how far it is.
build() {
    local minutes=$1 log=$local_folder/build.log step shown=0
    shift
    if [[ ! -d .build/checkouts ]]; then
        say "building, the first time takes about $minutes minutes on two cores"
    else
        say "building what has changed"
    fi
    swift build "$@" >"$log" 2>&1 </dev/null &
    local pid=$!
    started+=("$pid")
    while kill -0 "$pid" 2>/dev/null; do
        sleep 1
        step=$(grep -o '^\[[0-9]*/[0-9]*\]' "$log" | tail -n 1 || true)
        if [[ -t 2 ]]; then
            printf '\r  %ss %s ' "$((++shown))" "$step" >&2
        elif ((++shown % 60 == 0)); then
            say "  still building after $((shown / 60)) min${step:+ $step}"
        fi
    done
    if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
    wait "$pid" || fail_with_log "$log" "the build failed, all of it is in $log"
    forget "$pid"
}

# --- What this run starts -----------------------------------------------------------------------

# start LOG COMMAND…: in the background and out of reach of Ctrl-C, so that we can stop it in order.
# The process id is left in $started_pid.
start() {
    local log=$1
    shift
    # Emptied here and now, lest somebody reads the words of an earlier run before it begins.
    : >"$log"
    setsid "$@" >>"$log" 2>&1 </dev/null &
    started_pid=$!
    started+=("$started_pid")
}

# run COMMAND…: in the foreground, but so that a signal to us is heeded before the command's end.
run() {
    local pid status=0
    "$@" </dev/null &
    pid=$!
    started+=("$pid")
    wait "$pid" || status=$?
    forget "$pid"
    return "$status"
}

# wait_until SECONDS PID LOG WHAT COMMAND…: until the command succeeds, as long as the process lives.
wait_until() {
    local seconds=$1 pid=$2 log=$3 what=$4 tries
    shift 4
    for ((tries = 0; tries < seconds * 10; tries++)); do
        if "$@" >/dev/null 2>&1; then return; fi
        kill -0 "$pid" 2>/dev/null || fail_with_log "$log" "it ended before: $what"
        sleep 0.1
    done
    fail_with_log "$log" "after $seconds s still not: $what"
}

forget() {
    local pid kept=()
    for pid in "${started[@]}"; do
        if [[ $pid != "$1" ]]; then kept+=("$pid"); fi
    done
    started=("${kept[@]}")
}

# stop PID: asks, waits 20 s (a broker may write its log down), then ends it.
stop() {
    local tries
    for ((tries = 0; tries < 200; tries++)); do
        if ((tries == 0)); then kill -TERM "$1" 2>/dev/null || break; fi
        kill -0 "$1" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

# Ends what this run started, youngest first, and removes what it made for itself.
clean_up() {
    local index folder
    trap '' INT TERM
    for ((index = ${#started[@]} - 1; index >= 0; index--)); do
        stop "${started[index]}"
    done
    for folder in "${run_folders[@]}"; do
        rm -rf "$folder"
    done
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# end_marked MARK: what carries this mark in its environment and outlived the one who started it.
end_marked() {
    local file
    for file in /proc/[0-9]*/environ; do
        if grep -qzxF "$1" "$file" 2>/dev/null && [[ $file != "/proc/$$/environ" ]]; then
            kill -KILL "$(basename "$(dirname "$file")")" 2>/dev/null || true
        fi
    done
}

# --- The broker ---------------------------------------------------------------------------------

# start_broker RUN: sets CORDON_KAFKA_BOOTSTRAP_SERVERS and CORDON_TOPIC_PREFIX for a run of its own:
# on the reader's Kafka if one is named, else on a development broker with an empty data folder.
start_broker() {
    if [[ -n ${CORDON_KAFKA_BOOTSTRAP_SERVERS:-} ]]; then
        CORDON_TOPIC_PREFIX=${CORDON_TOPIC_PREFIX:-}$1-$(date +%Y%m%d-%H%M%S)-$$-
        export CORDON_TOPIC_PREFIX
        say "using the Kafka at $CORDON_KAFKA_BOOTSTRAP_SERVERS," \
            "in topics whose names begin with $CORDON_TOPIC_PREFIX; they stay there"
        return
    fi
    local data log
    data=$(mktemp -d "$(roomy_folder)/cordon-broker.XXXXXX")
    run_folders+=("$data")
    log=$local_folder/broker.log
    start "$log" "$local_folder"/venv/lib/python3*/site-packages/noida_db/noida-db \
        start --only kafka --host 127.0.0.1 --kafka-port 0 --data-dir "$data/data"
    broker_pid=$started_pid
    wait_until 30 "$broker_pid" "$log" "the broker listens" \
        grep -q '^ *kafka *127' "$log"
    CORDON_KAFKA_BOOTSTRAP_SERVERS=$(awk '$1 == "kafka" { print $2 }' "$log")
    export CORDON_KAFKA_BOOTSTRAP_SERVERS
    # This broker does not heed the limits a client sets on what it fetches at once.
    export CORDON_KAFKA_RECEIVE_MESSAGE_MAX_BYTES=2147483647
    # For tests that stop this broker and start it again where it was.
    CORDON_TEST_BROKER_PID=$broker_pid
    CORDON_TEST_BROKER_COMMAND=$(tr '\0' ' ' <"/proc/$broker_pid/cmdline")
    CORDON_TEST_BROKER_COMMAND=${CORDON_TEST_BROKER_COMMAND/--kafka-port 0/--kafka-port ${CORDON_KAFKA_BOOTSTRAP_SERVERS##*:}}
    export CORDON_TEST_BROKER_PID CORDON_TEST_BROKER_COMMAND
    say "started a development broker on $CORDON_KAFKA_BOOTSTRAP_SERVERS, only for this run"
}

# Stops the broker that start_broker started, if it did.
stop_broker() {
    if [[ -z ${broker_pid:-} ]]; then return; fi
    stop "$broker_pid"
    forget "$broker_pid"
    rm -rf "${run_folders[@]}"
    run_folders=()
    broker_pid=
}

# The RAM disk where it has 4 GB to give, because this broker rewrites all it holds every second.
roomy_folder() {
    local free
    free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1 || echo 0)
    if [[ -w /dev/shm ]] && ((free >= 4000000)); then echo /dev/shm; else echo "$local_folder"; fi
}
