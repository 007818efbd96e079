# Writes `count` one-line documents of at least `width` bytes whose first 10 characters are a pseudo-random key
# (minimal standard generator, exact in double arithmetic): the unsorted input of the recorded sort.
BEGIN {
    state = 1
    for (i = 0; i < count; i++) {
        state = (state * 16807) % 2147483647
        line = sprintf("%010d", state)
        while (length(line) < width) {
            state = (state * 16807) % 2147483647
            line = line sprintf(" field%d", state)
        }
        print line
    }
}
