// Fills three gigabytes of System V shared memory, a segment at a time, of which it keeps none attached: that it used more
// than it may is said.
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

int main(void) {
    const size_t size = 64 << 20;
    for (int number = 0; number < 48; ++number) {
        int segment = shmget(IPC_PRIVATE, size, 0600);
        char *memory = shmat(segment, NULL, 0);
        if (memory == (void *)-1) return 7;
        memset(memory, 1, size);
        shmdt(memory);
    }
    pause();
    return 0;
}
