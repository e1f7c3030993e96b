// Recurses until the stack ends: that a signal ended it is said.
static volatile int depth;

__attribute__((noinline)) static int dive(int level) {
    volatile char room[4096];
    room[0] = (char)level;
    depth = level;
    return dive(level + 1) + room[0];
}

int main(void) { return dive(0); }
