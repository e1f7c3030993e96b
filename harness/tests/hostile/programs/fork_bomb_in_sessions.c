// A fork bomb each of whose processes has a session of its own, and so a share of its own of the processors. It ends at
// some thousands, so that a machine outlives a container that does not hold it.
#include <unistd.h>

int main(void) {
    while (getpid() < 3000)
        if (fork() == 0) setsid();
    for (;;) pause();
}
