// Starts threads without end: that it has more than it may is said.
#include <pthread.h>
#include <unistd.h>

static void* sleeping(void* nothing) {
    for (;;) pause();
    return nothing;
}

int main(void) {
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 64 << 10);
    for (;;) {
        pthread_t thread;
        if (pthread_create(&thread, &small, sleeping, 0) != 0) usleep(1000);
    }
}
