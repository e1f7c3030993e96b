// Leaves shared memory of both kinds, and a semaphore, and ends: that it ended is said, and nothing stays behind.
#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

int main(void) {
    int named = shm_open("/parley-hostile-mark", O_RDWR | O_CREAT, 0600);
    if (named >= 0 && ftruncate(named, 1 << 20) == 0) close(named);
    sem_open("/parley-hostile-mark", O_CREAT, 0600, 1);
    shmget(0x7061726c, 1 << 20, IPC_CREAT | 0600);
    return 7;
}
